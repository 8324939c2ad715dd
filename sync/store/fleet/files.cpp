// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/store/fleet/files.hpp"

namespace pillarbox::fleet {

// Colours have a contrast of 4.5 and more on their ground; whatever a colour says, a word says too. On a narrow
// screen a row of a list of kiosks becomes a card, whose cells carry the names of their columns.
std::string_view style_sheet() {
    return R"css(
:root { --ink: #0b0c0c; --quiet: #505a5f; --line: #b1b4b6; --brand: #003b46; --action: #00703c; --grave: #b3200f;
  --link: #1a4f9c; --focus: #ffdd00; --shade: #f3f2f1; --ground: #fff; --error: #b3200f; --bar: #1d6f7d;
  --mark: #d9e6f2; --mark-ink: #0b2f57; --urgent: #f6d7d2; --urgent-ink: #6b150a; --well: #cfe7d9; --well-ink: #00401f;
  --mute-ink: #383f43; --on-focus: #0b0c0c; color-scheme: light dark; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #f3f2f1; --quiet: #b8bfc3; --line: #5b6367; --brand: #00566a; --link: #8cc1ff; --shade: #26292b;
    --ground: #131516; --error: #ff9a8a; --bar: #5fb8c6; --mark: #1d3a57; --mark-ink: #d9e6f2; --urgent: #6b1a10;
    --urgent-ink: #ffe3de; --well: #0f4a2c; --well-ink: #d6f3e2; --mute-ink: #d0d5d8; }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: var(--ground); font: 1.1875rem/1.5 system-ui, sans-serif; }
.width { max-width: 76rem; margin: 0 auto; padding: 0 1rem; }
header { background: var(--brand); color: #fff; }
header .width { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; align-items: baseline; padding-top: .75rem;
  padding-bottom: .75rem; }
header .name:focus-visible { color: var(--on-focus); }
header .name { color: #fff; font-size: 1.5rem; font-weight: 700; text-decoration: none; }
header .store { overflow-wrap: anywhere; }
.skip { position: absolute; left: -100rem; }
.skip:focus { position: static; display: block; padding: .75rem 1rem; }
a { color: var(--link); text-underline-offset: .15em; }
a:hover { text-decoration-thickness: .15em; }
a:focus-visible, button:focus-visible, input:focus-visible, [tabindex]:focus-visible { outline: 3px solid var(--focus);
  outline-offset: 0; box-shadow: 0 0 0 5px var(--ink); }
a:focus-visible { color: var(--on-focus); background: var(--focus); }
main:focus { outline: none; }
.navigation { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 2rem;
  border-bottom: 1px solid var(--line); }
.navigation ul { display: flex; flex-wrap: wrap; gap: 0 1.5rem; margin: 0; padding: 0; list-style: none; }
.navigation li a { display: inline-block; padding: .75rem 0 .6rem; font-weight: 700; text-decoration: none;
  border-bottom: .3rem solid transparent; }
.navigation a[aria-current] { border-bottom-color: var(--link); color: var(--ink); }
.account { display: flex; gap: 1rem; align-items: center; }
main { padding: 1.5rem 0 3rem; min-height: 60vh; }
h1 { font-size: 2.25rem; line-height: 1.15; margin: 0 0 1.25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 2rem 0 .75rem; }
p, li { max-width: 44rem; }
.lead { font-size: 1.3rem; }
.hint, .quiet { color: var(--quiet); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; margin: 0 0 1.5rem; font-size: 1rem; }
caption { text-align: left; font-weight: 700; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .6rem 1rem .6rem 0; border-bottom: 1px solid var(--line); }
th:last-child, td:last-child { padding-right: 0; }
td.station, th.station { min-width: 10rem; overflow-wrap: anywhere; }
.tag { display: inline-block; padding: .1rem .5rem; margin: 0 .25rem .25rem 0; font-weight: 700; font-size: .9rem;
  background: var(--mark); color: var(--mark-ink); }
.tag.urgent { background: var(--urgent); color: var(--urgent-ink); }
.tag.well { background: var(--well); color: var(--well-ink); }
.tag.out { background: var(--shade); color: var(--mute-ink); }
.scroll { overflow-x: auto; }
.day { white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(9rem, 16rem) 1fr; margin: 0 0 1.5rem; }
dt, dd { padding: .6rem 1rem .6rem 0; margin: 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
dt { font-weight: 700; }
.inset { border-left: .6rem solid var(--line); padding: .25rem 0 .25rem 1rem; margin: 1.25rem 0; }
.inset.urgent { border-color: var(--error); }
.inset p { margin: .25rem 0; }
.inset h2 { margin: 0 0 .25rem; }
.field { margin: 0 0 1.5rem; }
.field.wrong { border-left: .3rem solid var(--error); padding-left: 1rem; }
label { font-weight: 700; display: block; }
input { font: inherit; width: 100%; max-width: 30rem; padding: .4rem; border: 2px solid var(--ink); border-radius: 0;
  background: var(--ground); color: var(--ink); }
input[type=number] { max-width: 9rem; }
.error { color: var(--error); font-weight: 700; margin: .25rem 0; }
.errors { border: .3rem solid var(--error); padding: 1rem; margin: 0 0 2rem; max-width: 44rem; }
.errors h2 { margin: 0 0 .5rem; }
.errors a { color: var(--error); font-weight: 700; }
.errors a:focus-visible { color: var(--on-focus); }
.button { display: inline-block; font: inherit; font-weight: 700; color: #fff; background: var(--action); border: 0;
  padding: .55rem 1rem; margin: 0 1rem 1rem 0; text-decoration: none; cursor: pointer;
  box-shadow: 0 .15rem 0 #002d18; border-radius: 0; }
.button.grave { background: var(--grave); box-shadow: 0 .15rem 0 #5a0f06; }
.button.second { background: var(--shade); color: var(--ink); box-shadow: 0 .15rem 0 #929191; }
a.button:focus-visible, .button:focus-visible { color: var(--on-focus); background: var(--focus); }
button.link { font: inherit; color: var(--link); background: none; border: 0; padding: .5rem 0; cursor: pointer;
  text-decoration: underline; text-underline-offset: .15em; }
button.link:focus-visible { color: var(--on-focus); background: var(--focus); }
.token { font: 1rem/1.5 ui-monospace, monospace; background: var(--shade); padding: 1rem; overflow-wrap: anywhere;
  max-width: 44rem; margin: 0 0 1rem; }
.qr { display: block; width: min(22rem, 100%); height: auto; margin: 0 0 1.5rem; background: #fff; }
.chart { display: block; width: 100%; min-width: 44rem; height: auto; margin: 0 0 1rem; }
.chart .bar { fill: var(--bar); }
.chart .hidden { fill: var(--ground); stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 3; }
.chart text { font-size: 13px; fill: var(--ink); text-anchor: middle; }
.pages { display: flex; gap: 2rem; }
footer { border-top: 1px solid var(--line); background: var(--shade); color: var(--mute-ink); padding: 1rem 0; }
@media (max-width: 60rem) {
  .cards, .cards caption, .cards tbody, .cards tr, .cards td, .cards th.station { display: block; width: 100%; }
  .cards thead { position: absolute; left: -100rem; }
  .cards tr { border: 1px solid var(--line); padding: .75rem 1rem; margin: 0 0 1rem; }
  .cards td, .cards th.station { border: 0; padding: .15rem 0; text-align: left; }
  .cards th.station { font-size: 1.2rem; }
  .cards td[data-label]::before { content: attr(data-label) ": "; color: var(--quiet); }
  dl { display: block; }
  dt { border: 0; padding-bottom: 0; }
  h1 { font-size: 1.75rem; }
}
@media (forced-colors: active) { .tag { border: 1px solid; } .chart .bar { fill: CanvasText; } }
@media print { header, nav, footer, .button, .skip { display: none; } }
)css";
}

std::string_view script() {
    return R"js("use strict";
const list = document.querySelector("table[data-search]");
if (list) {
  const rows = [...list.tBodies[0].rows];
  const field = document.createElement("div");
  field.className = "field";
  const label = document.createElement("label");
  label.htmlFor = "search";
  label.textContent = "Search this list";
  const input = document.createElement("input");
  input.id = "search";
  input.type = "search";
  const found = document.createElement("p");
  found.className = "hint";
  found.setAttribute("role", "status");
  input.addEventListener("input", () => {
    const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
      shown += row.hidden ? 0 : 1;
    }
    found.textContent = words.length ? `${shown} of ${rows.length} shown` : "";
  });
  field.append(label, input, found);
  list.before(field);
}
const token = document.querySelector("[data-token]");
if (token && navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button second";
  button.textContent = "Copy the token";
  const done = document.createElement("p");
  done.className = "hint";
  done.setAttribute("role", "status");
  button.addEventListener("click", () => navigator.clipboard.writeText(token.textContent).then(
    () => { done.textContent = "Copied."; }, () => { done.textContent = "It could not be copied: mark it and copy it."; }));
  token.after(button, done);
}
const errors = document.querySelector(".errors");
if (errors) {
  errors.focus();
}
)js";
}

}  // namespace pillarbox::fleet
