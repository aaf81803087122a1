import type { Faltfel } from "@/shared/api/typer";
import { dagfel } from "@/shared/datum.logic";

/** The days between which those listed started; empty: no limit. */
interface Dagar {
    startdagFran: string;
    startdagTill: string;
}

/** What is wrong with the days that are typed: a list is not narrowed by such. */
export function granskaDagar({
    startdagFran: fran,
    startdagTill: till,
}: Dagar): Faltfel[] {
    const fel = [
        ...(fran === "" ? [] : dagfel("/startdagFran", fran)),
        ...(till === "" ? [] : dagfel("/startdagTill", till)),
    ];
    return fel.length === 0 && fran !== "" && till !== "" && till < fran
        ? [
              {
                  pekare: "/startdagTill",
                  regel: "till-fore-fran",
                  meddelande: "Dagen får inte vara före Startdag från.",
              },
          ]
        : fel;
}

const lagen = {
    PAGAENDE: "pågående",
    AVSLUTAD: "avslutade",
    FELREGISTRERAD: "felregistrerade",
} as const;

/** What a list is narrowed to, in words beside its count; empty: nothing. */
export function urvaletsOrd(
    status: keyof typeof lagen | undefined,
    fran: string | undefined,
    till: string | undefined,
): string {
    const dagar = [
        ...(fran === undefined ? [] : [`från och med ${fran}`]),
        ...(till === undefined ? [] : [`till och med ${till}`]),
    ].join(" ");
    return [
        ...(status === undefined ? [] : [lagen[status]]),
        ...(dagar === "" ? [] : [`startdag ${dagar}`]),
    ].join(", ");
}
