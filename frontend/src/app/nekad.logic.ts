import type { Roll } from "@/shared/api/typer";
import { rollnamn } from "@/shared/session/behorighet.logic";
import { upprakning } from "@/shared/text.logic";

const flera: Record<Roll, string> = {
    SUSRAPPORT: "den som läser rapporter",
    SAMVERKANSADMINISTRATOR: "samverkansadministratörer",
    INSATSANSVARIG: "insatsansvariga",
    DELTAGARANSVARIG: "deltagaransvariga",
    SYSTEMFORVALTARE: "systemförvaltare",
    MASKIN: "maskinklienter",
};

/** Whom a page is for, and what one is oneself. */
export function nekadText(
    kravda: readonly Roll[],
    mina: readonly Roll[],
): string {
    const sidan = `Sidan är för ${upprakning(kravda.map((r) => flera[r]))}.`;
    if (mina.length === 0) {
        return `${sidan} Du har ingen behörighet som gäller i dag.`;
    }
    if (mina.length === 1 && mina[0] === "SUSRAPPORT") {
        return `${sidan} Din behörighet är SUS-rapport.`;
    }
    return `${sidan} Du är ${upprakning(
        mina
            .filter((r) => r !== "SUSRAPPORT")
            .map((r) => rollnamn[r].toLowerCase()),
    )}.`;
}
