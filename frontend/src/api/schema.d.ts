// Written by `npm run api-types` from the served /openapi.json. Do not edit.

export interface paths {
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say whether predictions are answered: 200 if the model answers, else 503. */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say whether the process answers at all, whatever the state of the model. */
        get: operations["healthLive"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/metrics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give the server's metrics in Prometheus format. */
        get: operations["metrics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give the facts of the model that is served, its measured figures among them. */
        get: operations["model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/predict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say which digit an image shows.
         * @description The image comes as 784 numbers, as a picture in base64, or as an uploaded file.
         */
        post: operations["predict"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/predict/batch": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say which digits up to 1,000 images show.
         * @description All are computed in one call; an image that can't be used fails the whole batch, by its index.
         */
        post: operations["predictBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * BatchResponse
         * @description Which digits the images show, in their order.
         */
        BatchResponse: {
            /**
             * Model
             * @description The version of the model.
             */
            model: string;
            /** Predictions */
            predictions: components["schemas"]["BatchResponse.Prediction"][];
        };
        /**
         * Prediction
         * @description Which digit one image shows.
         */
        "BatchResponse.Prediction": {
            /**
             * Confidence
             * @description The calibrated probability that `digit` is right.
             */
            confidence: number;
            /**
             * Digit
             * @description The digit, or null where nothing is recognised as a digit.
             */
            digit: number | null;
            /**
             * Probabilities
             * @description One probability for each of 0 to 9, summing to 1; all alike where `digit` is null.
             */
            probabilities: number[];
            /**
             * Reason
             * @description Why `digit` is null; absent where it isn't.
             * @default null
             * @enum {string}
             */
            reason?: "nothing is drawn" | "no digit is found in the picture";
        };
        /**
         * HealthResponse
         * @description The state of this server.
         */
        HealthResponse: {
            /**
             * Status
             * @enum {string}
             */
            status: "ready" | "alive";
        };
        /**
         * ModelResponse
         * @description The facts of the model that is served, as in models/digit_cnn.json.
         */
        ModelResponse: {
            /** Created */
            created: string;
            /**
             * Figures
             * @description Every measured figure.
             */
            figures: {
                [key: string]: unknown;
            };
            /** Name */
            name: string;
            /** Parameters */
            parameters: number;
            /** Sha256 */
            sha256: string;
            /** Size Bytes */
            size_bytes: number;
            /** Version */
            version: string;
        } & {
            [key: string]: unknown;
        };
        /**
         * PredictResponse
         * @description Which digit the image shows, and what the model saw.
         */
        PredictResponse: {
            /**
             * Confidence
             * @description The calibrated probability that `digit` is right.
             */
            confidence: number;
            /**
             * Digit
             * @description The digit, or null where nothing is recognised as a digit.
             */
            digit: number | null;
            /**
             * Model
             * @description The version of the model.
             */
            model: string;
            /**
             * Pixels
             * @description The framed 28 x 28 image that the model was given, row by row.
             */
            pixels: number[];
            /**
             * Probabilities
             * @description One probability for each of 0 to 9, summing to 1; all alike where `digit` is null.
             */
            probabilities: number[];
            /**
             * Reason
             * @description Why `digit` is null; absent where it isn't.
             * @default null
             * @enum {string}
             */
            reason?: "nothing is drawn" | "no digit is found in the picture";
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
        };
    };
    healthLive: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
        };
    };
    metrics: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": unknown;
                };
            };
        };
    };
    model: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelResponse"];
                };
            };
        };
    };
    predict: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictResponse"];
                };
            };
        };
    };
    predictBatch: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResponse"];
                };
            };
        };
    };
}
