import { ordKommunerAven } from "@/shared/api/ord.gen";
import type { Schema } from "@/shared/api/typer";

/** The län of the kommuner, by code. */
export function lanAv(
    kommuner: readonly Schema<"Kommun">[],
): { varde: string; text: string }[] {
    const lan = new Map(kommuner.map((k) => [k.lan, k.lanNamn]));
    return [...lan]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([varde, text]) => ({ varde, text }));
}

/**
 * The län that an organisation counts in under one of its rows, with the others when its kommuner lie in
 * several: as the head of a report says it.
 */
export function raknasTill(
    rad: Pick<Schema<"Organisationsrad">, "lan" | "kommuner">,
    kommuner: readonly Schema<"Kommun">[],
): { text: string; flera: boolean } {
    const alla = lanAv(
        kommuner.filter(
            (k) => k.lan === rad.lan || rad.kommuner.includes(k.kod),
        ),
    );
    const eget = alla.find((l) => l.varde === rad.lan)?.text ?? rad.lan;
    const andra = alla.filter((l) => l.varde !== rad.lan).map((l) => l.text);
    return andra.length === 0
        ? { text: eget, flera: false }
        : {
              text: ordKommunerAven
                  .replace("{lan}", eget)
                  .replace("{andra}", andra.join(" och ")),
              flera: true,
          };
}
