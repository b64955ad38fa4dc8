// "Share → Undrawer" from the gallery: the photos are kept on the phone before the page opens.

import { whereNow } from "./place.js";
import { isPicture, rowOf } from "./photo.js";
import { fact, keep, PhoneFull } from "./store.js";

export async function keepShared(request) {
  const files = (await request.formData()).getAll("photo").filter((file) => file instanceof File && isPicture(file));
  const account = (await fact("account")) ?? "";
  const where = await whereNow();
  try {
    for (const [at, file] of files.entries()) {
      const { name, type, size } = file;
      const row = rowOf({ account, ...where, name, type, size, source: "share", at });
      await keep(row, await file.arrayBuffer());
    }
  } catch (error) {
    if (!(error instanceof PhoneFull)) throw error;
    return Response.redirect("/?shared=full", 303);
  }
  return Response.redirect(`/?shared=${files.length}`, 303);
}
