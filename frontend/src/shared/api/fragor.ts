import { QueryClient } from "@tanstack/vue-query";
import { ProblemFel } from "./problem";

/** A 4xx is an answer: asking again changes nothing. What is away may come back. */
function forsokIgen(antal: number, fel: Error): boolean {
    if (fel instanceof ProblemFel && fel.status >= 400 && fel.status < 500) {
        return false;
    }
    return antal < 2;
}

export const fragor = new QueryClient({
    defaultOptions: {
        queries: {
            retry: forsokIgen,
            // Somebody waits: two more tries within a second and a half.
            retryDelay: (antal) => 500 * 2 ** antal,
            staleTime: 30_000,
            // A read of personuppgifter is a row in the log: only when somebody asks for it.
            refetchOnWindowFocus: false,
            refetchOnReconnect: false,
        },
        mutations: { retry: false },
    },
});
