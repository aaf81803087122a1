import { adress } from "@/shared/adresser";
import type { Paborjat } from "@/shared/utkast/utkast";
import { formnamn } from "./startsida.logic";

function text(svar: unknown, falt: string): string | undefined {
    if (typeof svar !== "object" || svar === null) {
        return undefined;
    }
    const v: unknown = Reflect.get(svar, falt);
    return typeof v === "string" && v !== "" ? v : undefined;
}

/** Where a draft goes on: at the look-over, when it had come to it. */
export function adressFor(
    u: Pick<Paborjat, "form" | "id" | "svar" | "steg">,
): string | undefined {
    const sida = sidaFor(u);
    return sida === undefined || u.steg === undefined
        ? sida
        : `${sida}?steg=${u.steg}`;
}

/** The page of a draft. Each draft holds the ids that its page is found by. */
function sidaFor(
    u: Pick<Paborjat, "form" | "id" | "svar">,
): string | undefined {
    const insatsId = text(u.svar, "insatsId");
    const deltagandeId = text(u.svar, "deltagandeId");
    switch (u.form) {
        case "in":
            return insatsId === undefined
                ? undefined
                : adress("registrera-in", { insatsId, samtyckeId: u.id });
        case "ut":
        case "ratta-in":
        case "ratta-ut":
            return insatsId === undefined || deltagandeId === undefined
                ? undefined
                : adress(`registrera-${u.form}`, { insatsId, deltagandeId });
        case "ratta-samtycke":
            return adress("samtycke-ratta", { samtyckeId: u.id });
        case "aterkallelse":
            return adress("aterkalla-i-insats", { insatsId: u.id });
        case "anonyma":
            return adress("anonyma", { insatsId: u.id });
        case "insats":
            return adress("insats-andra", { insatsId: u.id });
        case "ny-insats":
            return adress("insats-ny");
        default:
            return undefined; // a samtycke is begun anew: the person must be typed again
    }
}

/** The forms that are looked over before they are saved. */
const medKontroll = new Set(["in", "ut", "ratta-in", "ratta-ut", "anonyma"]);

/** What a draft is of: the form, the insats, the day and the step. Never whom. */
export function utkasttext(
    u: Pick<Paborjat, "form" | "id" | "svar" | "steg">,
    insatsnamn: (id: string) => string | undefined,
): string {
    const insats = insatsnamn(text(u.svar, "insatsId") ?? u.id);
    const startdag = text(u.svar, "startdag");
    const avslutningsdag = text(u.svar, "avslutningsdag");
    return [
        insats === undefined
            ? (formnamn[u.form] ?? u.form)
            : `${formnamn[u.form] ?? u.form} i ${insats}`,
        ...(startdag === undefined ? [] : [`startdag ${startdag}`]),
        ...(avslutningsdag === undefined
            ? []
            : [`avslutningsdag ${avslutningsdag}`]),
        ...(medKontroll.has(u.form)
            ? [`steg ${u.steg === undefined ? "Uppgifter" : "Kontrollera"}`]
            : []),
    ].join(", ");
}
