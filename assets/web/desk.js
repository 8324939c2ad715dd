// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the desk's pages do better with a script: words selected in an answer are put into the form below it, and a
// message that came with the page gets the focus, so that a screen reader reads it first. Nothing needs this file.
"use strict";

document.querySelector(".problem, .saved")?.focus();

document.addEventListener("selectionchange", () => {
  const selection = document.getSelection();
  const node = selection.anchorNode;
  if (selection.isCollapsed || node === null) {
    return;
  }
  const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
  const answer = element?.closest("[data-answer]");
  if (!answer || !answer.contains(selection.focusNode)) {
    return;
  }
  const passage = answer.parentElement.querySelector("details.passage textarea");
  if (passage !== null) {
    passage.value = selection.toString();
    passage.closest("details").open = true;
  }
});
