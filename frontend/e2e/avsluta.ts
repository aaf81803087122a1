import { existsSync, readFileSync, rmSync } from "node:fs";
import { granskade, mapp } from "./forbered";

/** Prints what axe looked at: pages × states × widths. */
export default function avsluta(): void {
    rmSync(mapp, { recursive: true, force: true });
    if (!existsSync(granskade)) {
        return;
    }
    const rader = [
        ...new Set(readFileSync(granskade, "utf8").trim().split("\n")),
    ].sort();
    // eslint-disable-next-line no-console -- the list is part of the result
    console.log(
        `\nGranskat med axe (${rader.length}):\n  ${rader.join("\n  ")}\n`,
    );
}
