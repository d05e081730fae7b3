import { explorer } from "./explorer.js";

// In JupyterLab, as an anywidget: each question has a number, and only its own answer is taken.
let questions = 0;

function render({ model, el }) {
  const open = new Map();
  const asked = (kind, details) => new Promise((resolve) => {
    questions += 1;
    const id = `${Date.now()}-${questions}`; // several views of a widget share its messages
    open.set(id, resolve);
    model.send({ id, kind, ...details });
  });
  const answered = ({ id, ...answer }) => {
    open.get(id)?.(answer);
    open.delete(id);
  };
  model.on("msg:custom", answered);
  const root = document.createElement("div");
  el.append(root);
  explorer(root, structuredClone(model.get("page_data")), {
    methods: model.get("methods"),
    ask: (question) => asked("ask", question),
    save: (name, weights) => asked("save", { name, weights }),
  });
  return () => model.off("msg:custom", answered);
}

export default { render };
