// The other tabs: what they show is asked of the server when they are opened or a form is sent.
import { announce, byId, words } from "./tell.js";

export function loadParts() {
  for (const part of document.querySelectorAll("[data-load]:not([data-loaded])")) load(part);
}

export async function load(part) {
  part.dataset.loaded = "1";
  try {
    const response = await fetch(part.dataset.load);
    if (response.ok) part.innerHTML = await response.text();
    else part.textContent = await words(response);
  } catch {
    part.textContent = await words(null);
  }
}

export async function post(form) {
  const place = byId(form.dataset.into);
  const query = new FormData(form).get("query").trim();
  if (!query) return;
  place.setAttribute("aria-busy", "true");
  let failure = "";
  try {
    const response = await fetch(form.dataset.post, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
    });
    if (response.ok) place.innerHTML = await response.text();
    else failure = await words(response);
  } catch {
    failure = await words(null);
  }
  place.removeAttribute("aria-busy");
  if (failure) place.textContent = failure;
  announce(place.querySelector(".count")?.textContent ?? place.textContent);
}
