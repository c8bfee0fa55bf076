// What an operator does: adds documents, removes one, follows the work and reads its report.
import { load } from "./rooms.js";
import { announce, byId, words } from "./tell.js";

const password = () => byId("operator-word").value;

export async function operate() {
  const files = [...byId("operator-files").files];
  if (!files.length) return void report("Choisissez au moins un fichier.");
  const names = [];
  for (const [rank, file] of files.entries()) {
    progress("Envoi", rank, files.length);
    const response = await ask(`/operator/files?name=${encodeURIComponent(file.name)}`, file);
    if (!response) return;
    names.push((await response.json()).name);
  }
  await change({ names });
  byId("operator-files").value = "";
}

export async function removeDocument(button) {
  if (!password()) {
    byId("operator-word").closest("details").open = true;
    byId("operator-word").focus();
    return void report("Donnez d’abord le mot de passe d’opérateur.");
  }
  const title = button.closest("li").querySelector("[data-read]").textContent;
  if (window.confirm(`Retirer «\u00a0${title}\u00a0» de la bibliothèque\u00a0?`)) await change({ remove: [button.dataset.remove] });
}

async function change(what) {
  progress("Lecture", 0, 1);
  const response = await ask("/operator/library", JSON.stringify(what));
  if (!response) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    rest += value ?? "";
    const lines = rest.split("\n");
    rest = lines.pop();
    for (const line of lines) follow(JSON.parse(line));
    if (done) break;
  }
  byId("operator-progress").hidden = true;
  for (const part of document.querySelectorAll('[data-load="/documents"], [data-load="/facets"]')) await load(part);
  showRemoving();
}

async function ask(address, body) {
  try {
    const response = await fetch(address, { method: "POST", headers: { "x-operator": encodeURIComponent(password()) }, body });
    if (response.ok) return response;
    report(await words(response));
  } catch {
    report(await words(null));
  }
  byId("operator-progress").hidden = true;
  return null;
}

function follow({ label, done, total, report: made, error }) {
  if (label) progress(label, done, total);
  else if (error) report(error);
  else if (made) {
    const counted = ([names, one, many]) => `${names.length} ${names.length > 1 ? many : one}`;
    const lines = [
      [made.added, "ajouté", "ajoutés"], [made.updated, "mis à jour", "mis à jour"], [made.moved, "renommé", "renommés"],
      [made.removed, "retiré", "retirés"], [made.skipped, "non lu", "non lus"],
    ].filter(([names]) => names.length).map(counted);
    const size = `La bibliothèque compte ${made.documents} document${made.documents > 1 ? "s" : ""} `
      + `et ${made.passages} passage${made.passages > 1 ? "s" : ""}.`;
    report(`${lines.join(", ") || "Rien n’a changé"}. ${size}`, made.skipped);
  }
}

function progress(label, done, total) {
  const bar = byId("operator-progress");
  bar.hidden = false;
  bar.max = Math.max(total, 1);
  bar.value = done;
  bar.setAttribute("aria-label", label);
}

function report(text, skipped = []) {
  const place = byId("operator-report");
  place.replaceChildren(Object.assign(document.createElement("p"), { textContent: text }));
  if (skipped.length) {
    const list = document.createElement("ul");
    for (const { name, reason } of skipped) {
      list.append(Object.assign(document.createElement("li"), { textContent: `Non lu\u00a0: ${name}, ${reason}` }));
    }
    place.append(list);
  }
  announce(text);
}

// Buttons to remove are shown once a password is written.
export function showRemoving() {
  const shown = Boolean(byId("operator-word")?.value);
  for (const button of document.querySelectorAll("[data-remove]")) button.hidden = !shown;
}
document.addEventListener("input", (event) => { if (event.target.id === "operator-word") showRemoving(); });
