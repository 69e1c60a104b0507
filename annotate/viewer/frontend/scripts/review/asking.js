// Ask the server that the page comes from: the one module of all pages that sends anything.

/**
 * What changed: documents with other marks, and how far the review has come.
 * @typedef {{
 *   documents: Array<{
 *     id: string, blocks: import("../data.js").Block[], marks: import("../data.js").Mark[],
 *   }>, last: number, order: string[], chunks: import("./progress.js").Chunk[],
 *   undo: import("./progress.js").Turn | null, redo: import("./progress.js").Turn | null,
 * }} News
 */

/**
 * An answer: what changed, or why nothing was kept; `made` is the id of what was decided on.
 * @typedef {{ news?: News, problems?: string[], made?: string }} Answer
 */

/**
 * Ask for a decision to be kept.
 * @param {Record<string, unknown>} decision
 * @returns {Promise<Answer>}
 */
export function decided(decision) {
  const headers = { "content-type": "application/json" };
  return answered("/decisions", { method: "POST", headers, body: JSON.stringify(decision) });
}

/**
 * Ask what was decided elsewhere since a decision.
 * @param {number} since
 * @returns {Promise<Answer>}
 */
export function changedSince(since) {
  return answered(`/changes?since=${since}`, {});
}

/**
 * @param {string} path
 * @param {RequestInit} request
 * @returns {Promise<Answer>}
 */
async function answered(path, request) {
  try {
    const response = await fetch(path, request);
    if (response.headers.get("content-type")?.startsWith("application/json")) {
      const content = await response.json();
      return { news: content.documents && content, ...content };
    }
    return { problems: [`not kept: ${(await response.text()).trim()}`] };
  } catch {
    return {
      problems: ["not kept: the server does not answer. Is annotate review still running?"],
    };
  }
}
