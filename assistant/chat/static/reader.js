// The source panel: a page of a document beside the conversation, a sheet over it on a phone.
import { announce, byId, phone, questionBox, words } from "./tell.js";

let opener = null; // the button that opened the panel
let sheetInHistory = false;
let asked = ""; // the address last asked for: a slow answer must not replace a later one

export async function openSource(button) {
  if (!button.closest("#source")) opener = button;
  for (const open of document.querySelectorAll("[data-read].open")) open.classList.remove("open");
  for (const same of document.querySelectorAll(`[data-read="${CSS.escape(button.dataset.read)}"]`)) same.classList.add("open");
  await show(button.dataset.read);
}

export async function turnPage(step) {
  const { first, last, document: doc, quotes } = byId("source-body").querySelector(".page-turn").dataset;
  const sheet = Number(step < 0 ? first : last) + step;
  await show(`/read/${encodeURIComponent(doc)}?sheet=${sheet}${quotes ? `&quotes=${quotes}` : ""}`);
}

async function show(address) {
  asked = address;
  const body = byId("source-body");
  byId("source").setAttribute("aria-busy", "true");
  let html = "";
  let failure = "";
  try {
    const response = await fetch(address);
    if (response.ok) html = await response.text();
    else failure = await words(response);
  } catch {
    failure = await words(null);
  }
  if (asked !== address) return;
  byId("source").removeAttribute("aria-busy");
  if (failure) {
    body.replaceChildren(Object.assign(document.createElement("h2"), { className: "source-title", tabIndex: -1, textContent: failure }));
  } else {
    body.innerHTML = html;
  }
  open();
}

function open() {
  const panel = byId("source");
  panel.hidden = false;
  document.body.classList.add("reading-source");
  setSheet();
  if (phone.matches && !sheetInHistory) {
    history.pushState({ ...history.state, sheet: true }, "");
    sheetInHistory = true;
  }
  const page = panel.querySelector(".page-turn")?.dataset;
  byId("page-before").disabled = !page || Number(page.first) <= 1;
  byId("page-after").disabled = !page || Number(page.last) >= Number(page.count);
  panel.querySelector(".source-title").focus({ preventScroll: true });
  const title = panel.querySelector(".source-title").textContent;
  const name = panel.querySelector(".sheet-name")?.textContent ?? "";
  byId("source-name").textContent = name ? `${title}, ${name.toLowerCase()}` : "Source";
  announce(name);
  showQuote();
}

function showQuote() {
  const body = byId("source-body");
  const target = body.querySelector("mark");
  if (!target) return void (body.scrollTop = 0);
  const distance = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
  body.scrollTop += distance - body.clientHeight / 3;
}

// On a phone the panel covers the chat: what lies under it must not be reached.
export function setSheet() {
  const isOpen = !byId("source").hidden;
  byId("veil").hidden = !(isOpen && phone.matches);
  byId("source").setAttribute("aria-modal", String(phone.matches));
  for (const under of document.querySelectorAll("gradio-app, #masthead, .skip")) under.inert = isOpen && phone.matches;
}

export function closeSource({ fromHistory = false } = {}) {
  const panel = byId("source");
  if (panel.hidden) return;
  panel.hidden = true;
  asked = "";
  document.body.classList.remove("reading-source");
  setSheet();
  for (const open of document.querySelectorAll("[data-read].open")) open.classList.remove("open");
  if (opener?.isConnected) opener.focus({ preventScroll: true });
  else questionBox()?.focus();
  opener = null;
  if (sheetInHistory && !fromHistory) history.back();
  sheetInHistory = false;
}
