// The calls of /api/v1 that the page makes. Every failure becomes a Problem; nothing else is thrown.

import { language } from "./language.js";

const BASE = "/api/v1";
const TIMEOUT_MS = 45_000;

export class Problem extends Error {
  /** status 0 means that no answer came. detail is fit to be shown, or empty. */
  constructor(status, code = "", detail = "", retryAfterSeconds = 0) {
    super(code || `status ${status}`);
    this.status = status;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds;
  }

  /** The same call may succeed later. */
  get isTemporary() {
    return [0, 408, 425, 429].includes(this.status) || this.status >= 500;
  }

  /** The conversation is not there any more, or not ours. */
  get isGone() {
    return this.status === 401 || this.status === 404;
  }
}

async function call(method, path, { token, json, form, asFile = false } = {}) {
  const headers = { Accept: "application/json", "Accept-Language": language() };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (json !== undefined) headers["Content-Type"] = "application/json";
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(BASE + path, {
      method,
      headers,
      body: json === undefined ? form : JSON.stringify(json),
      signal: patience.signal,
      cache: "no-store",
      credentials: "omit",
    });
    if (!response.ok) throw await problemOf(response);
    if (asFile) return await response.blob();
    return response.status === 204 ? null : await response.json();
  } catch (error) {
    throw error instanceof Problem ? error : new Problem(0, "no-connection");
  } finally {
    clearTimeout(timer);
  }
}

async function problemOf(response) {
  const retryAfterSeconds = Number(response.headers.get("Retry-After")) || 0;
  const isProblem = (response.headers.get("Content-Type") || "").includes("problem+json");
  const body = isProblem ? await response.json().catch(() => ({})) : {};
  const detail = typeof body.detail === "string" ? body.detail : "";
  return new Problem(response.status, body.code, detail, retryAfterSeconds);
}

/** Counted, and nothing else. */
const inElderMode = () => document.documentElement.classList.contains("elder");

const at = (conversation, rest) => `/conversations/${encodeURIComponent(conversation.id)}/${rest}`;

export const api = {
  config: () => call("GET", "/config"),

  async startConversation() {
    const made = await call("POST", "/conversations", { json: { channel: "web", language: language(), elder: inElderMode() } });
    return { id: made.conversation_id, token: made.token, greeting: made.replies };
  },

  /** {turns, person}: what was said, and whether a person is "here", "asked" for or "none". */
  async turns(conversation) {
    return call("GET", at(conversation, "messages"), { token: conversation.token });
  },

  send: (conversation, message) =>
    call("POST", at(conversation, "messages"), {
      token: conversation.token,
      json: { text: message.text, client_message_id: message.id, elder: inElderMode() },
    }),

  /** Good for one minute, for addresses that cannot carry a header. */
  async ticket(conversation) {
    return (await call("POST", at(conversation, "ticket"), { token: conversation.token })).ticket;
  },

  /** Where sound goes and speech comes from (see voice-stream.js). */
  streamAddress(conversation, ticket) {
    const address = new URL(`${BASE}/${at(conversation, "stream").slice(1)}`, location.href);
    address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    address.searchParams.set("ticket", ticket);
    return address;
  },

  /** A reply as sound: a response whose body is a WAV file. Leaving it early is the caller's, by `signal`. */
  async speech(conversation, turnId, signal) {
    const ticket = await api.ticket(conversation);
    const path = at(conversation, `turns/${encodeURIComponent(turnId)}/speech?ticket=${encodeURIComponent(ticket)}`);
    try {
      const response = await fetch(BASE + path, { signal, cache: "no-store", credentials: "omit" });
      if (!response.ok) throw await problemOf(response);
      return response;
    } catch (error) {
      throw error instanceof Problem ? error : new Problem(0, "no-connection");
    }
  },

  /** How this conversation is spoken to. What is not named stays; the answer is the manner now in force. */
  manner: (conversation, change) =>
    call("PUT", at(conversation, "manner"), { token: conversation.token, json: change }),

  /** Whether an answer was of use. */
  opinion: (conversation, turnId, helped) =>
    call("POST", at(conversation, `turns/${encodeURIComponent(turnId)}/opinion`), { token: conversation.token, json: { helped } }),

  /** What may be asked after it: at most three questions. */
  async next(conversation, turnId) {
    return (await call("GET", at(conversation, `turns/${encodeURIComponent(turnId)}/next`), { token: conversation.token })).questions;
  },

  rate: (conversation, score, comment) =>
    call("POST", at(conversation, "rating"), { token: conversation.token, json: { score, comment } }),

  /** A booking of this conversation as a file for a calendar. */
  async calendar(conversation, number) {
    const { token } = await call("POST", at(conversation, "visit"), { token: conversation.token });
    return call("POST", "/mine/calendar", { token, json: { number }, asFile: true });
  },

  /** `subscription`: {endpoint, keys} of this browser, which is told what becomes of what was filed here. */
  agreeToNews: (conversation, subscription) =>
    call("PUT", at(conversation, "push"), { token: conversation.token, json: subscription }),

  /** A booking whose number the hall's scanner read; `there`: its visitor confirms that they have come. */
  arrival: (conversation, number, there) =>
    call("POST", at(conversation, "arrival"), { token: conversation.token, json: { number, there } }),

  endNews: (conversation) => call("DELETE", at(conversation, "push"), { token: conversation.token }),

  tellPosition: (conversation, { latitude, longitude }) =>
    call("PUT", at(conversation, "position"), { token: conversation.token, json: { latitude, longitude } }),

  addPhoto(conversation, file) {
    const form = new FormData();
    form.append("photo", file);
    return call("POST", at(conversation, "photo"), { token: conversation.token, form });
  },
};
