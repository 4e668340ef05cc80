// Live conversations show themselves anew.
import { refresh } from "./refresh.js";

refresh("[data-live]", 3000, (part) => part.querySelector(".log > :last-child")?.scrollIntoView({ block: "nearest" }));
