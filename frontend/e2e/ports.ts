/** Ports of the tests' own servers, away from those of an app that is running. */
export const API_PORT = Number(process.env.E2E_API_PORT ?? 5310);
export const WEB_PORT = Number(process.env.E2E_WEB_PORT ?? 3310);
export const SPARE_API_PORT = API_PORT + 1; // of the server that a test stops and starts
export const TEACHING_API_PORT = API_PORT + 2; // of the one that takes lessons
export const TROUBLED_API_PORT = API_PORT + 3; // of one that can't always
export const SHARING_API_PORT = API_PORT + 4; // of the one that keeps drawings for short links
export const ROOMS_PORT = API_PORT + 5; // of the server of rooms
export const UPDATED_WEB_PORT = WEB_PORT + 1; // of a page that becomes another
