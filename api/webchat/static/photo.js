// Makes a photo small before it is sent: a telephone's picture of 12 MB becomes less than one, without place and time in it.

export const PHOTO_MEGABYTES = 8; // as much as our side takes
const LONGEST_SIDE = 2048; // pixels; our side keeps no more
const QUALITY = 0.85;

/** The picture as a small upright JPEG; as it is where the browser cannot do that. */
export async function shrink(file) {
  let picture;
  try {
    picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff"; // JPEG knows no transparency
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
    return blob ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file; // too large for a canvas, or not a picture at all: our side tells
  } finally {
    picture?.close();
  }
}
