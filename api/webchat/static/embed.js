// Linyu on another page: one line that loads embed.js, with "async", puts a button in its lower corner that opens the chat.
// data-language="en" chooses the language of the button; without it that of the page. Styles and names stay inside.

(() => {
  const script = document.currentScript;
  const origin = new URL(script.src).origin;
  const language = (script.dataset.language || document.documentElement.lang || "zh").toLowerCase().startsWith("en") ? "en" : "zh";
  const texts = {texts}[language];

  const style = new CSSStyleSheet(); // allowed by a page whose policy forbids style elements
  style.replaceSync(`
    :host { all: initial; }
    button, iframe { position: fixed; z-index: 2147483000; right: 1rem; box-sizing: border-box; }
    button { bottom: 1rem; min-height: 3.5rem; padding: 0 1.5rem; border: 2px solid #fff; border-radius: 1.75rem;
      background: #16514b; color: #fff; font: 700 1.125rem system-ui, sans-serif; cursor: pointer; }
    button:focus-visible { outline: 3px solid #8a3d12; outline-offset: 2px; }
    iframe { bottom: 5.5rem; width: min(26rem, calc(100vw - 2rem)); height: min(42rem, calc(100vh - 7rem));
      border: 1px solid #43504d; border-radius: .625rem; background: #f8f4ec; }
    [hidden] { display: none; }
  `);

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [style];
  const button = document.createElement("button");
  button.type = "button";
  button.lang = language === "en" ? "en" : "zh-CN";
  let frame = null;

  function show(isOpen) {
    if (isOpen && !frame) {
      frame = document.createElement("iframe");
      frame.title = texts["widget_title"];
      frame.lang = button.lang;
      frame.allow = `microphone ${origin}; clipboard-write ${origin}`;
      frame.src = `${origin}/embed`;
      root.append(frame);
    }
    if (frame) frame.hidden = !isOpen;
    button.textContent = isOpen ? texts["widget_close"] : texts["widget_open"];
    button.setAttribute("aria-expanded", String(isOpen));
    if (isOpen) frame.focus();
    else if (frame) button.focus();
  }

  button.addEventListener("click", () => show(!frame || frame.hidden));
  window.addEventListener("message", (event) => {
    if (event.origin === origin && frame && event.source === frame.contentWindow && event.data === "linyu-close") show(false);
  });
  root.append(button);
  show(false);
  document.body.append(host);
})();
