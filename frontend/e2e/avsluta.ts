import { existsSync, readFileSync, rmSync } from "node:fs";
import { granskade, mapp } from "./forbered";

/** Prints what axe looked at: pages × states × windows, each once. */
export default function avsluta(): void {
    rmSync(mapp, { recursive: true, force: true });
    if (!existsSync(granskade)) {
        return;
    }
    const rader = readFileSync(granskade, "utf8")
        .trim()
        .split("\n")
        .map((rad) => rad.split("\t"))
        .sort(([a = ""], [b = ""]) => a.localeCompare(b, "sv"));
    const lagen = new Map<string, string[]>();
    for (const [lage = "", vidd = "", axe = "", over = "", cls] of rader) {
        const sagt =
            axe !== "0" || over !== "0"
                ? ` (axe ${axe}, sidled ${over})`
                : cls === undefined
                  ? ""
                  : ` (CLS ${cls})`;
        lagen.set(lage, [...(lagen.get(lage) ?? []), vidd + sagt]);
    }
    // eslint-disable-next-line no-console -- the list is part of the result
    console.log(
        `\nGranskat med axe (${String(lagen.size)} lägen, ${String(rader.length)} gånger):\n${[
            ...lagen,
        ]
            .map(([lage, vidder]) => `  ${lage}: ${vidder.join(" · ")}`)
            .join("\n")}\n`,
    );
    const igen = rader.filter(
        ([lage, vidd], n) =>
            rader.findIndex((r) => r[0] === lage && r[1] === vidd) < n,
    );
    if (igen.length > 0) {
        throw new Error(
            `granskat mer än en gång: ${igen.map((r) => r.slice(0, 2).join(" ")).join(", ")}`,
        );
    }
}
