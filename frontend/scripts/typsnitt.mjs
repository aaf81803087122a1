// Cuts Inter down to what Swedish text and European names are written with, a
// quarter of its size. Inter's licence (OFL 1.1) reserves no name, so it is Inter still.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";

const tecken = [
    [0x20, 0x7e], // Basic Latin
    [0xa0, 0x17f], // Latin-1, Latin Extended-A
    [0x218, 0x21b], // ș and ț
    [0x2010, 0x203a], // dashes, quotes, ellipsis
    [0x20ac, 0x20ac], // €
    [0x2190, 0x2193], // arrows
    [0x2212, 0x2212], // minus
    [0x2264, 0x2265], // ≤ ≥
]
    .flatMap(([fran, till]) =>
        Array.from({ length: till - fran + 1 }, (_, n) =>
            String.fromCodePoint(fran + n),
        ),
    )
    .join("");

/** @param {URL} mapp where the three weights are put */
export async function beskarTypsnitt(mapp) {
    mkdirSync(mapp, { recursive: true });
    for (const vikt of ["Regular", "SemiBold", "Bold"]) {
        const fil = `Inter-${vikt}.woff2`;
        const hel = readFileSync(
            new URL(import.meta.resolve(`@fkui/font-default/fonts/${fil}`)),
        );
        writeFileSync(
            new URL(fil, mapp),
            await subsetFont(hel, tecken, {
                targetFormat: "woff2",
                preserveNameIds: [7, 13, 14], // whose it is, and its licence
            }),
        );
    }
}
