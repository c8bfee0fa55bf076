// What a sigle stands for: shown on focus, tap or hover; Escape or another place hides it.
import { byId } from "./tell.js";

let shown = null; // the sigle explained now

function showMeaning(sigle) {
  if (shown === sigle) return;
  hideMeaning();
  shown = sigle;
  const tip = byId("sigle-meaning");
  tip.textContent = sigle.dataset.meaning;
  tip.hidden = false;
  sigle.setAttribute("aria-describedby", tip.id);
  sigle.setAttribute("aria-expanded", "true");
  place();
}

// Hide the meaning shown, and say whether there was one.
export function hideMeaning() {
  if (!shown) return false;
  byId("sigle-meaning").hidden = true;
  shown.removeAttribute("aria-describedby");
  shown.setAttribute("aria-expanded", "false");
  shown = null;
  return true;
}

function place() {
  if (!shown) return;
  const tip = byId("sigle-meaning");
  const box = shown.getBoundingClientRect();
  if (!shown.isConnected || box.bottom < 0 || box.top > window.innerHeight) return void hideMeaning();
  const above = box.top - tip.offsetHeight - 6;
  tip.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - tip.offsetWidth - 8))}px`;
  tip.style.top = `${above > 8 ? above : box.bottom + 6}px`;
}

const sigleAt = (event) => event.target.closest?.(".sigle");
document.addEventListener("click", (event) => {
  const sigle = sigleAt(event);
  if (sigle) showMeaning(sigle);
  else if (!event.target.closest?.("#sigle-meaning")) hideMeaning();
});
document.addEventListener("focusin", (event) => (sigleAt(event) ? showMeaning(sigleAt(event)) : hideMeaning()));
document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse") return;
  if (sigleAt(event)) showMeaning(sigleAt(event));
  else if (!event.target.closest?.("#sigle-meaning") && document.activeElement !== shown) hideMeaning();
});
document.addEventListener("scroll", place, { capture: true, passive: true });
