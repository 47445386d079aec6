/** Ports of the tests' own servers, away from those of an app that is running. */
export const API_PORT = 5310;
export const WEB_PORT = 3310;
export const SPARE_API_PORT = 5311; // of the server that a test stops and starts
