// The query field with colours and completion. The page works without it: the text area stays
// in the form, hidden, and is what the form sends.
//
// The editor lives in a shadow root. There CodeMirror keeps its rules in constructed style
// sheets; in the document it would insert <style> elements, which the site's policy forbids.

import { autocompletion, completionKeymap, completeFromList } from "@codemirror/autocomplete";
import {
  deleteCharBackward,
  deleteCharForward,
  deleteGroupBackward,
  deleteGroupForward,
  history,
  historyKeymap,
  insertNewlineKeepIndent,
  selectAll,
} from "@codemirror/commands";
import { HighlightStyle, bracketMatching, syntaxHighlighting } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { Decoration, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { SparqlLanguage, sparql } from "codemirror-lang-sparql";

const KEYWORDS =
  "SELECT ASK CONSTRUCT DESCRIBE WHERE PREFIX FROM NAMED GRAPH OPTIONAL UNION MINUS FILTER " +
  "BIND VALUES DISTINCT ORDER BY GROUP HAVING LIMIT OFFSET COUNT SUM MIN MAX AVG EXISTS NOT " +
  "LANG STR REGEX CONTAINS STRSTARTS BOUND COALESCE";

// The tokens of the site reach into the shadow root; nothing here has a colour of its own.
const theme = EditorView.theme({
  "&": {
    font: "inherit",
    color: "var(--ink)",
    backgroundColor: "var(--paper)",
    border: "1px solid var(--edge)",
    borderRadius: "2px",
  },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { font: "inherit", minHeight: "16rem", maxHeight: "70vh", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: ".5rem 0" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--soft)", border: "none" },
  ".cm-content ::selection": { backgroundColor: "var(--mark)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--mark)" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent" },
  ".cm-fault": { textDecoration: "underline 2px", textUnderlineOffset: ".2em" },
  ".cm-tooltip": { backgroundColor: "var(--tint)", borderColor: "var(--edge)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: "inherit", maxHeight: "14rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: ".3rem .5rem" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent)",
    color: "var(--paper)",
  },
  ".cm-completionDetail": { fontStyle: "normal", marginLeft: "1.5em" },
  ".cm-completionMatchedText": { textDecorationThickness: "2px" },
});

const colours = HighlightStyle.define([
  { tag: tags.keyword, fontWeight: "600" },
  { tag: [tags.string, tags.integer, tags.float, tags.bool, tags.annotation], color: "var(--accent)" },
  { tag: tags.comment, color: "var(--soft)" },
]);

// Terms of the release, fetched when the field is first entered.
function completion(area) {
  let terms;
  const load = () => {
    terms ??= fetch(area.dataset.terms)
      .then((answer) => (answer.ok ? answer.json() : { prefixes: {}, terms: [] }))
      .catch(() => ({ prefixes: {}, terms: [] }));
    return terms;
  };
  const keywords = completeFromList(
    KEYWORDS.split(" ").map((label) => ({ label, type: "keyword", boost: -1 })),
  );
  const known = async (context) => {
    const word = context.matchBefore(/[\w-]*:?[\w-]*/);
    const declared = context.matchBefore(/PREFIX\s+[\w-]*/i);
    if (!word || (word.from === word.to && !context.explicit)) return null;
    const { prefixes, terms } = await load();
    const options = declared
      ? Object.entries(prefixes).map(([name, iri]) => ({
          label: name,
          apply: `${name}: <${iri}>`,
          detail: iri,
        }))
      : terms.map(([label, detail]) => ({ label, detail }));
    return { from: word.from, options, validFor: /^[\w-]*:?[\w-]*$/ };
  };
  return [
    autocompletion({ icons: false }),
    SparqlLanguage.data.of({ autocomplete: keywords }),
    SparqlLanguage.data.of({ autocomplete: known }),
    EditorView.domEventHandlers({ focus: () => void load() }),
  ];
}

// The place that the service could not read on from.
function fault(area, text) {
  const line = Number(area.dataset.line);
  const column = Number(area.dataset.column);
  if (!line) return [];
  const start = text.split("\n").slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  const from = Math.min(start + column - 1, text.length);
  const word = /^\s*\S+/.exec(text.slice(from).split("\n")[0]);
  if (!word) return [];
  const mark = Decoration.mark({ class: "cm-fault" }).range(from, from + word[0].length);
  return [EditorView.decorations.of(Decoration.set([mark]))];
}

// Where text replaces a selection, a browser would write style attributes into what it joins,
// and complain that the policy forbids them: the editor makes the change itself.
const replacing = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { main } = view.state.selection;
    if (event.inputType !== "insertText" || main.empty || view.composing) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data ?? ""), {
      userEvent: "input.type",
      scrollIntoView: true,
    });
    return true;
  },
});

function enhance(area) {
  const host = document.createElement("div");
  const label = area.labels[0];
  const submit = () => {
    area.form.requestSubmit();
    return true;
  };
  const attributes = {
    "aria-label": label.textContent,
    "aria-invalid": area.getAttribute("aria-invalid") ?? "false",
    spellcheck: "false",
    tabindex: "0",
  };
  host.className = "editor";
  area.before(host);
  // Tab is not bound: it leaves the field, as it does everywhere on the page.
  const view = new EditorView({
    root: host.attachShadow({ mode: "open" }),
    state: EditorState.create({
      doc: area.value,
      extensions: [
        lineNumbers(),
        history(),
        bracketMatching(),
        keymap.of([
          { key: "Mod-Enter", run: submit },
          ...completionKeymap,
          { key: "Enter", run: insertNewlineKeepIndent },
          { key: "Backspace", run: deleteCharBackward, shift: deleteCharBackward },
          { key: "Delete", run: deleteCharForward },
          { key: "Mod-Backspace", mac: "Alt-Backspace", run: deleteGroupBackward },
          { key: "Mod-Delete", mac: "Alt-Delete", run: deleteGroupForward },
          { key: "Mod-a", run: selectAll },
          ...historyKeymap,
        ]),
        replacing,
        sparql(),
        completion(area),
        fault(area, area.value),
        syntaxHighlighting(colours),
        theme,
        EditorState.phrases.of({ Completions: area.dataset.completions }),
        EditorView.contentAttributes.of(attributes),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) area.value = update.state.doc.toString();
        }),
      ],
    }),
  });
  view.root.append(view.dom);
  area.hidden = true;
  label.addEventListener("click", () => view.focus());
  for (const link of document.querySelectorAll(`a[href="#${area.id}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      view.focus();
    });
  }
}

const area = document.querySelector("textarea[data-terms]");
if (area) enhance(area);
