import { adress } from "@/shared/adresser";
import type { Paborjat } from "@/shared/utkast/utkast";

function text(svar: unknown, falt: string): string | undefined {
    if (typeof svar !== "object" || svar === null) {
        return undefined;
    }
    const v: unknown = Reflect.get(svar, falt);
    return typeof v === "string" && v !== "" ? v : undefined;
}

/** Where a draft goes on. Each draft holds the ids that its page is found by. */
export function adressFor(
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
