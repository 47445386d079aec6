/** The bodies that the page sends, named. */

export interface PixelsRequest {
  pixels: number[];
}

export interface BatchRequest {
  images: number[][];
}
