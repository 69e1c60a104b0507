// The page of a review: the page of a run, and what people decide on it.

import "./review/review.js";
import "./page.js";
import { startReview } from "./review/start.js";

startReview();
