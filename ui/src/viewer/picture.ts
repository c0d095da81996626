// How large a picture stands in its room, in CSS pixels.
export type Size = { width: number; height: number };
export type PictureZoom = number | "fit";

export const PICTURE_ZOOMS = [0.05, 0.1, 0.17, 0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4] as const;

/** A picture after so many quarter turns to the right. */
export function turned({ width, height }: Size, quarters: number): Size {
  return quarters % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** CSS pixels for a pixel of the picture: what fits is not enlarged. */
export function pictureScale(zoom: PictureZoom, picture: Size, room: Size): number {
  if (zoom !== "fit") return zoom;
  if (room.width <= 0 || room.height <= 0) return 1;
  return Math.min(1, room.width / picture.width, room.height / picture.height);
}

/** The next larger (1) or smaller (-1) zoom. */
export function nextPictureZoom(scale: number, by: 1 | -1): number {
  const found = by === 1 ? PICTURE_ZOOMS.find((zoom) => zoom > scale * 1.01) : PICTURE_ZOOMS.findLast((zoom) => zoom < scale * 0.99);
  return found ?? scale;
}
