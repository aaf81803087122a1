import { kropp } from "@/shared/api/klient";
import type { Schema } from "@/shared/api/typer";

/** So long a dry run is waited for: the save shall not stand behind it. */
const provtid = 5000;

/** Tries a creating call: decided as it would be, and nothing is stored. */
export function provkor(): {
    params: { query: { provkor: true } };
    signal: AbortSignal;
} {
    return {
        params: { query: { provkor: true } },
        signal: AbortSignal.timeout(provtid),
    };
}

export async function varningarna(
    svar: Promise<{ data?: { varningar?: Schema<"Varning">[] } }>,
): Promise<Schema<"Varning">[]> {
    return (await kropp(svar)).varningar ?? [];
}
