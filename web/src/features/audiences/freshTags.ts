/** What is asked anew when tags change: whatever names them, counts by them, or lists their definitions. */
import type { QueryClient } from "@tanstack/react-query";

const RESTING = ["tags", "selection", "audiences", "audience", "definitions"];

export const freshTags = (cache: QueryClient) => Promise.all(RESTING.map((name) => cache.invalidateQueries({ queryKey: [name] })));
