// Review in a flow: every decision has a key; what was just decided can be taken back for ten seconds.
import { listenToKeys } from "./keys.js";
import { foldUndo } from "./undo.js";

listenToKeys();
foldUndo();
