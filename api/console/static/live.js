// Live conversations show themselves anew.
import { refresh } from "./refresh.js";

refresh("[data-live]", 3000, () => {
  setTimeout(() => document.querySelector("[data-live] .log > :last-child")?.scrollIntoView({ block: "nearest" }));
});
