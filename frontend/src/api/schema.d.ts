// Written by `npm run api-types` from the served /openapi.json. Do not edit.

export interface paths {
    "/corrections": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the corrections that one keeps oneself, newest first. */
        get: operations["corrections"];
        put?: never;
        /**
         * Keep a correction: a drawing, and what it was meant to be.
         * @description It can be sent again: what one sent before under the same `id` stays, and is the answer (200).
         */
        post: operations["keepCorrection"];
        /** Delete all corrections that one keeps oneself. */
        delete: operations["deleteCorrections"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/corrections/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete one of the corrections that one keeps oneself. */
        delete: operations["deleteCorrection"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drawings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Keep a drawing for whoever knows its id, until its end or until it is deleted.
         * @description The answer holds the secret that deletes it; nobody is told it again.
         */
        post: operations["shareDrawing"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drawings/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return the drawing with this id. */
        get: operations["drawing"];
        put?: never;
        post?: never;
        /** Delete the drawing with this id, by its secret. */
        delete: operations["deleteDrawing"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say which digit an image shows, or which letter, and why.
         * @description The image comes as it does to `/predict`, and the answer holds the same and more: which ink speaks
         *     for the answer, what would make it another one, and what each layer of the network makes of it.
         */
        post: operations["explain"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say whether predictions are answered: 200 if every model answers, else 503. */
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
        /** Give the facts of a model that is served, its measured figures among them. */
        get: operations["model"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/model/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Give the versions of a model: what it learnt from corrections, and what that changed. */
        get: operations["modelVersions"];
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
         * Say which digit an image shows, or which letter.
         * @description The image comes as 784 numbers, as a picture in base64, or as an uploaded file. With
         *     `?stages=true` the answer shows how a picture became what the model was given.
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
         * Say which digits, or letters, up to 1,000 images show.
         * @description They come as JSON, as a NumPy file, or as nothing but their levels. All are computed in one call; an
         *     image that can't be used fails the whole batch, by its index.
         */
        post: operations["predictBatch"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/read": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say which numbers stand on a picture, digit by digit, or which words, letter by letter.
         * @description The picture comes in base64 or as an uploaded file: a photograph or a scan of one line or several,
         *     the digits apart or touching, in boxes or on lines. Points, commas, dashes and strokes between
         *     digits are not read, nor is text among them; of letters, written apart, there are no gaps told between
         *     words. An answer has a box for every character.
         */
        post: operations["read"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/sharing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say whether drawings are kept here for short links, and for how long. */
        get: operations["sharing"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/teaching": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Say whether corrections are kept here, and how many are kept of whoever asks.
         * @description Without `X-Teacher` the database isn't asked, and nothing is kept.
         */
        get: operations["teaching"];
        put?: never;
        post?: never;
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
         * BatchRequest
         * @description Several images as numbers.
         */
        BatchRequest: {
            /** Images */
            images: (number[] | number[][])[];
        };
        /**
         * BatchResponse
         * @description Which characters the images show, in their order.
         */
        BatchResponse: {
            /**
             * Labels
             * @description What the probabilities are of: "0" to "9", or "A" to "Z".
             */
            labels: string[];
            /**
             * Model
             * @description The version of the model.
             */
            model: string;
            /** Predictions */
            predictions: components["schemas"]["Prediction"][];
        };
        /**
         * CorrectionResponse
         * @description A correction as it is kept.
         */
        CorrectionResponse: {
            /**
             * Alphabet
             * @enum {string}
             */
            alphabet: "digits" | "letters";
            /**
             * Collection
             * @description A name (a class, a device) under which lessons are kept apart.
             * @default default
             */
            collection?: string;
            /**
             * Confidence
             * @description The confidence of `read`.
             * @default null
             */
            confidence?: number | null;
            /**
             * Created
             * Format: date-time
             * @description When it was stored.
             */
            created: string;
            /**
             * Id
             * Format: uuid
             * @description Made by the client, at random: sending a correction again is harmless.
             */
            id: string;
            /**
             * Kind
             * @description Whether the answer was wrong, or right, or the drawing was asked for.
             * @enum {string}
             */
            kind: "correction" | "confirmation" | "challenge";
            /** Meant */
            meant: string | null;
            /**
             * Model
             * @description The version of the model that read it.
             */
            model: string;
            /** Pixels */
            pixels: number[];
            /** Read */
            read: string | null;
            /**
             * Strokes
             * @description What was drawn: strokes of points, each `[x, y]` or `[x, y, time in ms]`, y downwards; null for what came as a picture.
             * @default null
             */
            strokes?: number[][][] | null;
        };
        /**
         * CorrectionsResponse
         * @description Some of the corrections that one keeps.
         */
        CorrectionsResponse: {
            /**
             * Corrections
             * @description Newest first.
             */
            corrections: components["schemas"]["CorrectionResponse"][];
            /**
             * Next
             * @description What to send as `after` for older ones, null where there are none.
             */
            next: string | null;
        };
        /**
         * DeletedResponse
         * @description What was deleted.
         */
        DeletedResponse: {
            /** Deleted */
            deleted: number;
        };
        /**
         * DigitCorrection
         * @description A drawing, and which digit it was meant to be.
         */
        DigitCorrection: {
            /**
             * Alphabet
             * @constant
             */
            alphabet: "digits";
            /**
             * Collection
             * @description A name (a class, a device) under which lessons are kept apart.
             * @default default
             */
            collection?: string;
            /**
             * Confidence
             * @description The confidence of `read`.
             * @default null
             */
            confidence?: number | null;
            /**
             * Id
             * Format: uuid
             * @description Made by the client, at random: sending a correction again is harmless.
             */
            id: string;
            /**
             * Kind
             * @description Whether the answer was wrong, or right, or the drawing was asked for.
             * @enum {string}
             */
            kind: "correction" | "confirmation" | "challenge";
            /**
             * Meant
             * @description What was drawn: a label of the alphabet, or null for nothing that could be read.
             */
            meant: string | null;
            /**
             * Model
             * @description The version of the model that read it.
             */
            model: string;
            /**
             * Pixels
             * @description 28 x 28 levels, row by row: 0 is paper, 255 is full ink. Flat (784) or nested.
             */
            pixels: number[] | number[][];
            /**
             * Read
             * @description What the model read, or null where it recognised nothing.
             * @default null
             */
            read?: string | null;
            /**
             * Strokes
             * @description What was drawn: strokes of points, each `[x, y]` or `[x, y, time in ms]`, y downwards; null for what came as a picture.
             * @default null
             */
            strokes?: number[][][] | null;
        };
        /**
         * DrawingRequest
         * @description A drawing to be shared by a short link.
         */
        DrawingRequest: {
            /**
             * Alphabet
             * @description What it is to be read as.
             * @enum {string}
             */
            alphabet: "digits" | "letters";
            /**
             * Strokes
             * @description Strokes of points, each `[x, y]` or `[x, y, time in ms]`, y downwards, in any unit.
             */
            strokes: number[][][];
        };
        /**
         * DrawingResponse
         * @description A drawing that is shared.
         */
        DrawingResponse: {
            /**
             * Alphabet
             * @enum {string}
             */
            alphabet: "digits" | "letters";
            /**
             * Created
             * Format: date-time
             */
            created: string;
            /**
             * Ends
             * Format: date-time
             * @description From when on it is there no more.
             */
            ends: string;
            /**
             * Id
             * @description At random: whoever knows it sees the drawing.
             */
            id: string;
            /** Strokes */
            strokes: number[][][];
        };
        /**
         * ExplainResponse
         * @description Which character the image shows, and why.
         */
        ExplainResponse: {
            /**
             * Character
             * @description One of `labels`: the digit as text, or what else was asked for; null where nothing is recognised.
             */
            character: string | null;
            /**
             * Confidence
             * @description The calibrated probability that `character` is right; the largest of `probabilities`.
             */
            confidence: number;
            /**
             * Counter Evidence
             * @description What would make it the runner-up. Above 0: ink added here would speak for it; below 0: the ink here would have to go.
             */
            counter_evidence: number[];
            /**
             * Digit
             * @description The digit, or null where nothing is recognised as one; of letters always null.
             */
            digit: number | null;
            /**
             * Guess
             * @description The most probable label's place in `labels`, which of digits is the digit itself, also where nothing is recognised; the first of two that are equal.
             */
            guess: number;
            /**
             * Is Character
             * @description How probable it is that the image shows one of `labels` at all; 0 where that isn't asked, since there is no ink or the pixels are none.
             */
            is_character: number;
            /**
             * Labels
             * @description What the probabilities are of: "0" to "9", or "A" to "Z".
             */
            labels: string[];
            /**
             * Layers
             * @description From the first to the last; empty for other networks than ours.
             */
            layers: components["schemas"]["Layer"][];
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
             * @description One probability for each of `labels`, in their order, summing to 1: real ones where it doesn't look like one of them, all alike where there is no ink, or where the pixels are none (`wrong_scale`, `looks_inverted`).
             */
            probabilities: number[];
            /**
             * Reason
             * @description Why `character` is null, for people; absent where it isn't.
             */
            reason?: string;
            /** @description The same for programs; these codes stay. */
            reason_code?: components["schemas"]["Reason"];
            /**
             * Runner Up
             * @description The second most probable label's place.
             */
            runner_up: number;
            /**
             * Saliency
             * @description For each of `pixels`: above 0 its ink speaks for the guess, below 0 against it. The strongest is 1 or -1; where there is no ink it is 0.
             */
            saliency: number[];
            /**
             * Stages
             * @description How the picture became ink, step by step; only where `?stages=true` asks for it.
             */
            stages?: components["schemas"]["Stage"][];
            /**
             * Upside Down
             * @description Which of `labels` a picture shows upside down, where it does so as surely; absent elsewhere, and for pairs such as 6 and 9, which nobody can tell.
             */
            upside_down?: string;
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
         * ImageRequest
         * @description An image as a file's bytes, in text.
         */
        ImageRequest: {
            /**
             * Image
             * Format: picture-in-base64
             * @description A PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC file in base64, in lines or not, alone or as a data URL.
             */
            image: string;
        };
        /**
         * Layer
         * @description What one layer of the network makes of the image.
         */
        Layer: {
            /** Columns */
            columns: number;
            /**
             * Description
             * @description A sentence for whoever is new to networks.
             */
            description: string;
            /**
             * Image
             * @description All maps side by side without gaps, `columns` x `rows` tiles of width x height px (a unit is 1 x 1), as a grey PNG in a data URL. White is the layer's strongest response, black none.
             */
            image: string;
            /**
             * Name
             * @description `block1`, `block2`, ... or `head`.
             */
            name: string;
            /** Rows */
            rows: number;
            /**
             * Shape
             * @description Height, width and number of maps; of the head, its units.
             */
            shape: number[];
            /** Title */
            title: string;
        };
        /**
         * LetterCorrection
         * @description A drawing, and which letter it was meant to be.
         */
        LetterCorrection: {
            /**
             * Alphabet
             * @constant
             */
            alphabet: "letters";
            /**
             * Collection
             * @description A name (a class, a device) under which lessons are kept apart.
             * @default default
             */
            collection?: string;
            /**
             * Confidence
             * @description The confidence of `read`.
             * @default null
             */
            confidence?: number | null;
            /**
             * Id
             * Format: uuid
             * @description Made by the client, at random: sending a correction again is harmless.
             */
            id: string;
            /**
             * Kind
             * @description Whether the answer was wrong, or right, or the drawing was asked for.
             * @enum {string}
             */
            kind: "correction" | "confirmation" | "challenge";
            /**
             * Meant
             * @description What was drawn: a label of the alphabet, or null for nothing that could be read.
             */
            meant: string | null;
            /**
             * Model
             * @description The version of the model that read it.
             */
            model: string;
            /**
             * Pixels
             * @description 28 x 28 levels, row by row: 0 is paper, 255 is full ink. Flat (784) or nested.
             */
            pixels: number[] | number[][];
            /**
             * Read
             * @description What the model read, or null where it recognised nothing.
             * @default null
             */
            read?: string | null;
            /**
             * Strokes
             * @description What was drawn: strokes of points, each `[x, y]` or `[x, y, time in ms]`, y downwards; null for what came as a picture.
             * @default null
             */
            strokes?: number[][][] | null;
        };
        /**
         * ModelResponse
         * @description The facts of the model that is served, as in models/digit_cnn.json or letter_cnn.json.
         */
        ModelResponse: {
            /**
             * Alphabet
             * @description What the model reads, `digits` or `letters`.
             */
            alphabet?: string;
            /** Created */
            created: string;
            /**
             * Figures
             * @description Every measured figure.
             */
            figures: {
                [key: string]: unknown;
            };
            /**
             * Labels
             * @description What the probabilities are of: "0" to "9", or "A" to "Z".
             */
            labels?: string[];
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
         * PixelsRequest
         * @description An image as numbers.
         */
        PixelsRequest: {
            /**
             * Pixels
             * @description 28 x 28 levels, row by row: 0 is paper, 255 is full ink. Flat (784) or nested.
             */
            pixels: number[] | number[][];
        };
        /**
         * PredictResponse
         * @description Which character the image shows, and what the model saw.
         */
        PredictResponse: {
            /**
             * Character
             * @description One of `labels`: the digit as text, or what else was asked for; null where nothing is recognised.
             */
            character: string | null;
            /**
             * Confidence
             * @description The calibrated probability that `character` is right; the largest of `probabilities`.
             */
            confidence: number;
            /**
             * Digit
             * @description The digit, or null where nothing is recognised as one; of letters always null.
             */
            digit: number | null;
            /**
             * Is Character
             * @description How probable it is that the image shows one of `labels` at all; 0 where that isn't asked, since there is no ink or the pixels are none.
             */
            is_character: number;
            /**
             * Labels
             * @description What the probabilities are of: "0" to "9", or "A" to "Z".
             */
            labels: string[];
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
             * @description One probability for each of `labels`, in their order, summing to 1: real ones where it doesn't look like one of them, all alike where there is no ink, or where the pixels are none (`wrong_scale`, `looks_inverted`).
             */
            probabilities: number[];
            /**
             * Reason
             * @description Why `character` is null, for people; absent where it isn't.
             */
            reason?: string;
            /** @description The same for programs; these codes stay. */
            reason_code?: components["schemas"]["Reason"];
            /**
             * Stages
             * @description How the picture became ink, step by step; only where `?stages=true` asks for it.
             */
            stages?: components["schemas"]["Stage"][];
            /**
             * Upside Down
             * @description Which of `labels` a picture shows upside down, where it does so as surely; absent elsewhere, and for pairs such as 6 and 9, which nobody can tell.
             */
            upside_down?: string;
        };
        /**
         * Prediction
         * @description Which digit one image shows, or which letter if letters were asked for.
         */
        Prediction: {
            /**
             * Character
             * @description One of `labels`: the digit as text, or what else was asked for; null where nothing is recognised.
             */
            character: string | null;
            /**
             * Confidence
             * @description The calibrated probability that `character` is right; the largest of `probabilities`.
             */
            confidence: number;
            /**
             * Digit
             * @description The digit, or null where nothing is recognised as one; of letters always null.
             */
            digit: number | null;
            /**
             * Is Character
             * @description How probable it is that the image shows one of `labels` at all; 0 where that isn't asked, since there is no ink or the pixels are none.
             */
            is_character: number;
            /**
             * Probabilities
             * @description One probability for each of `labels`, in their order, summing to 1: real ones where it doesn't look like one of them, all alike where there is no ink, or where the pixels are none (`wrong_scale`, `looks_inverted`).
             */
            probabilities: number[];
            /**
             * Reason
             * @description Why `character` is null, for people; absent where it isn't.
             */
            reason?: string;
            /** @description The same for programs; these codes stay. */
            reason_code?: components["schemas"]["Reason"];
            /**
             * Upside Down
             * @description Which of `labels` a picture shows upside down, where it does so as surely; absent elsewhere, and for pairs such as 6 and 9, which nobody can tell.
             */
            upside_down?: string;
        };
        /**
         * ProblemItem
         * @description One thing that is wrong with a request.
         */
        ProblemItem: {
            /**
             * Location
             * @description Where: "pixels[5]", "images[2][5]", "body".
             */
            location: string;
            /** Message */
            message: string;
        };
        /**
         * ProblemResponse
         * @description Why a request has no answer (RFC 9457).
         */
        ProblemResponse: {
            /**
             * Code
             * @description What is wrong, for programs, where the status alone doesn't say it; these codes stay.
             */
            code?: string;
            /**
             * Detail
             * @description What is wrong and what was expected, in a sentence.
             */
            detail: string;
            /**
             * Errors
             * @description The first ten things that are wrong.
             */
            errors?: components["schemas"]["ProblemItem"][];
            /**
             * Request Id
             * @description Also in the X-Request-ID header and in the log.
             */
            request_id: string;
            /** Status */
            status: number;
            /** Title */
            title: string;
            /** Type */
            type: string;
        };
        /**
         * ReadCharacter
         * @description One character of a number, and where it stands.
         */
        ReadCharacter: {
            /**
             * Box
             * @description Left, top, width and height in px of the picture that was sent, upright as EXIF has it.
             */
            box: number[];
            /**
             * Character
             * @description One of `labels`; the most probable one.
             */
            character: string;
            /**
             * Confidence
             * @description The calibrated probability of `character`; the largest of `probabilities`.
             */
            confidence: number;
            /**
             * Line
             * @description Which line of `text` it stands in, the first is 0.
             */
            line: number;
            /**
             * Pixels
             * @description The framed 28 x 28 image that the model was given, row by row.
             */
            pixels: number[];
            /**
             * Probabilities
             * @description One probability for each of `labels`, in their order, summing to 1.
             */
            probabilities: number[];
        };
        /**
         * ReadResponse
         * @description The numbers on a picture, character by character.
         */
        ReadResponse: {
            /**
             * Characters
             * @description Those of `text`, in its order.
             */
            characters: components["schemas"]["ReadCharacter"][];
            /**
             * Confidence
             * @description The calibrated probability that all of `text` is right; 0 where it is empty.
             */
            confidence: number;
            /**
             * Labels
             * @description What the probabilities are of: "0" to "9", or "A" to "Z".
             */
            labels: string[];
            /**
             * Model
             * @description The version of the model.
             */
            model: string;
            /**
             * Reason
             * @description Why `text` is empty, for people; absent where it isn't.
             */
            reason?: string;
            /** @description The same for programs; these codes stay. */
            reason_code?: components["schemas"]["Reason"];
            /**
             * Text
             * @description All characters that are read, from left to right, with a line break between lines; separators and signs of currencies are not among them. Empty where nothing is read.
             */
            text: string;
        };
        /**
         * Reason
         * @description The stable codes.
         * @enum {string}
         */
        Reason: "nothing_drawn" | "nothing_found" | "not_a_character" | "turned" | "wrong_scale" | "looks_inverted";
        /**
         * SharedResponse
         * @description A drawing that is shared now, and what deletes it.
         */
        SharedResponse: {
            /**
             * Alphabet
             * @enum {string}
             */
            alphabet: "digits" | "letters";
            /**
             * Created
             * Format: date-time
             */
            created: string;
            /**
             * Ends
             * Format: date-time
             * @description From when on it is there no more.
             */
            ends: string;
            /**
             * Id
             * @description At random: whoever knows it sees the drawing.
             */
            id: string;
            /**
             * Secret
             * @description Deletes the drawing, as a bearer token. It is told once.
             */
            secret: string;
            /** Strokes */
            strokes: number[][][];
        };
        /**
         * SharingResponse
         * @description Whether drawings are kept here for short links.
         */
        SharingResponse: {
            /**
             * Days
             * @description For how long, 0 where they aren't.
             */
            days: number;
            /** Sharing */
            sharing: boolean;
        };
        /**
         * Stage
         * @description One step of the way from the picture to what the model was given.
         */
        Stage: {
            /**
             * Image
             * @description The picture at that step, a grey PNG of at most 256 px a side, as a data URL.
             */
            image: string;
            /**
             * Name
             * @description What the step shows, such as `grey`, `paper removed` or `ink`.
             */
            name: string;
        };
        /**
         * TeachingResponse
         * @description Whether corrections are kept here, and what is kept of whoever asks.
         */
        TeachingResponse: {
            /**
             * Collections
             * @description `default`, and those that one has used.
             */
            collections: string[];
            /**
             * Kept
             * @description How many corrections one keeps.
             */
            kept: number;
            /**
             * Limit
             * @description How many one may keep.
             */
            limit: number;
            /**
             * Teaching
             * @description With `token`, of those who know the token.
             * @enum {string}
             */
            teaching: "off" | "on" | "token";
        };
        /**
         * UploadRequest
         * @description An image as an uploaded file, in either of two fields.
         */
        UploadRequest: {
            /**
             * File
             * Format: binary
             * @description Another name of `image`.
             */
            file?: string;
            /**
             * Image
             * Format: binary
             * @description A PNG, JPEG, WebP, GIF, BMP, TIFF or HEIC file.
             */
            image?: string;
        };
        /**
         * Version
         * @description A model that was served once, or is.
         */
        Version: {
            /** Created */
            created: string | null;
            /**
             * Figures
             * @description By set: `n`, and the share `answered_right` and the `loss` `before` and `after`.
             */
            figures: {
                [key: string]: unknown;
            };
            /**
             * Lessons
             * @description How many corrections it learnt.
             */
            lessons: number;
            /**
             * Parent
             * @description The version that it learnt from; null for a trained model.
             */
            parent: string | null;
            /** Served */
            served: boolean;
            /**
             * Shipped
             * @description Whether it is the trained model from which all others come.
             */
            shipped: boolean;
            /** Version */
            version: string;
        };
        /**
         * VersionsResponse
         * @description What became of a model by learning.
         */
        VersionsResponse: {
            /**
             * Versions
             * @description The newest first, the trained model last.
             */
            versions: components["schemas"]["Version"][];
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
    corrections: {
        parameters: {
            query?: {
                /** @description List what is older than this one. */
                after?: string;
                /** @description How many to list at most. */
                limit?: number;
            };
            header: {
                /** @description A secret of 128 random bits that a browser made itself; it says whose corrections to list and delete. */
                "X-Teacher": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectionsResponse"];
                };
            };
            /** @description The server keeps nothing of that kind. */
            403: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description There is no such thing, or it is another's. */
            404: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    keepCorrection: {
        parameters: {
            query?: never;
            header: {
                /** @description A secret of 128 random bits that a browser made itself; it says whose corrections to list and delete. */
                "X-Teacher": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DigitCorrection"] | components["schemas"]["LetterCorrection"];
            };
        };
        responses: {
            /** @description It was kept before. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectionResponse"];
                };
            };
            /** @description It is kept. */
            201: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CorrectionResponse"];
                };
            };
            /** @description The body is broken: not JSON or not a form, cut off, or with a key twice. */
            400: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description A token is needed (where the server asks for one). */
            401: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server keeps nothing of that kind. */
            403: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body has no Content-Length. */
            411: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body or the picture is too large. */
            413: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is compressed or of another type. */
            415: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Nothing further is kept: one's own limit or the server's is reached. */
            507: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    deleteCorrections: {
        parameters: {
            query?: never;
            header: {
                /** @description A secret of 128 random bits that a browser made itself; it says whose corrections to list and delete. */
                "X-Teacher": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeletedResponse"];
                };
            };
            /** @description The server keeps nothing of that kind. */
            403: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    deleteCorrection: {
        parameters: {
            query?: never;
            header: {
                /** @description A secret of 128 random bits that a browser made itself; it says whose corrections to list and delete. */
                "X-Teacher": string;
            };
            path: {
                /** @description Of the correction. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description The server keeps nothing of that kind. */
            403: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description There is no such thing, or it is another's. */
            404: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    shareDrawing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrawingRequest"];
            };
        };
        responses: {
            /** @description It is kept. */
            201: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharedResponse"];
                };
            };
            /** @description The body is broken: not JSON or not a form, cut off, or with a key twice. */
            400: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server keeps nothing of that kind. */
            403: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body has no Content-Length. */
            411: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body or the picture is too large. */
            413: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is compressed or of another type. */
            415: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Nothing further is kept: one's own limit or the server's is reached. */
            507: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    drawing: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Of the drawing. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrawingResponse"];
                };
            };
            /** @description The server keeps nothing of that kind. */
            403: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description There is no such thing, or it is another's. */
            404: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    deleteDrawing: {
        parameters: {
            query?: never;
            header: {
                /** @description The secret that came when the drawing was shared, as a bearer token. */
                Authorization: string;
            };
            path: {
                /** @description Of the drawing. */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is deleted. */
            204: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description A token is needed (where the server asks for one). */
            401: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server keeps nothing of that kind. */
            403: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description There is no such thing, or it is another's. */
            404: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    explain: {
        parameters: {
            query?: {
                /** @description What is to be read; of letters the case isn't told. */
                alphabet?: "digits" | "letters";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PixelsRequest"] | components["schemas"]["ImageRequest"];
                "multipart/form-data": components["schemas"]["UploadRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExplainResponse"];
                };
            };
            /** @description The body is broken: not JSON or not a form, cut off, or with a key twice. */
            400: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body has no Content-Length. */
            411: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body or the picture is too large. */
            413: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is compressed or of another type. */
            415: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["HealthResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
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
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/plain": string;
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    model: {
        parameters: {
            query?: {
                /** @description What is to be read; of letters the case isn't told. */
                alphabet?: "digits" | "letters";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    modelVersions: {
        parameters: {
            query?: {
                /** @description What is to be read; of letters the case isn't told. */
                alphabet?: "digits" | "letters";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VersionsResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    predict: {
        parameters: {
            query?: {
                /** @description What is to be read; of letters the case isn't told. */
                alphabet?: "digits" | "letters";
                /** @description Whether the answer shows how the picture became what the model was given. */
                stages?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["PixelsRequest"] | components["schemas"]["ImageRequest"];
                "multipart/form-data": components["schemas"]["UploadRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PredictResponse"];
                };
            };
            /** @description The body is broken: not JSON or not a form, cut off, or with a key twice. */
            400: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body has no Content-Length. */
            411: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body or the picture is too large. */
            413: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is compressed or of another type. */
            415: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    predictBatch: {
        parameters: {
            query?: {
                /** @description What is to be read; of letters the case isn't told. */
                alphabet?: "digits" | "letters";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BatchRequest"];
                "application/octet-stream": string;
                "application/x-npy": string;
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BatchResponse"];
                };
            };
            /** @description The body is broken: not JSON or not a form, cut off, or with a key twice. */
            400: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body has no Content-Length. */
            411: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body or the picture is too large. */
            413: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is compressed or of another type. */
            415: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    read: {
        parameters: {
            query?: {
                /** @description What is to be read; of letters the case isn't told. */
                alphabet?: "digits" | "letters";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ImageRequest"];
                "multipart/form-data": components["schemas"]["UploadRequest"];
            };
        };
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReadResponse"];
                };
            };
            /** @description The body is broken: not JSON or not a form, cut off, or with a key twice. */
            400: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body did not arrive in time. */
            408: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body has no Content-Length. */
            411: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body or the picture is too large. */
            413: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is compressed or of another type. */
            415: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    sharing: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SharingResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
    teaching: {
        parameters: {
            query?: never;
            header?: {
                /** @description A secret of 128 random bits that a browser made itself; it says whose corrections to list and delete. */
                "X-Teacher"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The answer. */
            200: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TeachingResponse"];
                };
            };
            /** @description The body is not what was asked for; each place is named. */
            422: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description Too many requests from this client (where the server limits them). */
            429: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The server failed. */
            500: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
            /** @description The model, or the database, does not answer. */
            503: {
                headers: {
                    /** @description Also in the log. */
                    "X-Request-ID"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["ProblemResponse"];
                };
            };
        };
    };
}
