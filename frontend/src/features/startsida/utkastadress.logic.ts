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
                : `/insatser/${insatsId}/registrera/in/${u.id}`;
        case "ut":
        case "ratta-in":
        case "ratta-ut":
            return insatsId === undefined || deltagandeId === undefined
                ? undefined
                : `/insatser/${insatsId}/registrera/${u.form}/${deltagandeId}`;
        case "ratta-samtycke":
            return `/samtycken/${u.id}/ratta`;
        case "aterkallelse":
            return `/insatser/${u.id}/aterkalla`;
        case "anonyma":
            return `/insatser/${u.id}/anonyma`;
        case "insats":
            return `/insatser/${u.id}/andra`;
        case "ny-insats":
            return "/insatser/ny";
        default:
            return undefined; // a samtycke is begun anew: the person must be typed again
    }
}
