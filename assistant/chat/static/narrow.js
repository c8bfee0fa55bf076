// Narrowing: the boxes ticked, told in a few words, and sent with each question.
import { byId } from "./tell.js";

const ticked = () => [...document.querySelectorAll("#narrow input[type=checkbox]:checked")];

export function filters() {
  const chosen = {};
  for (const box of ticked()) (chosen[box.name] ??= []).push(box.value);
  return chosen;
}

export function describeNarrowing() {
  const names = ticked().map((box) => box.nextElementSibling.textContent);
  const few = names.length > 3 ? [...names.slice(0, 3), `et ${names.length - 3} de plus`] : names;
  byId("narrowed").textContent = few.length ? `\u00a0: ${few.join(", ")}` : "";
}

export function unnarrow() {
  for (const box of ticked()) box.checked = false;
  describeNarrowing();
}

export function sift(entry) {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(entry.value);
  for (const item of entry.closest("fieldset").querySelectorAll("li")) {
    item.hidden = !plain(item.textContent).includes(wanted) && !item.querySelector(":checked");
  }
}
