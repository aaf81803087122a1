/** Every page's address by its route's name: the router takes its paths from here, the pages their links. */
export const vagar = {
    startsida: "/",
    "logga-in": "/logga-in",
    demo: "/demo",
    tillganglighet: "/tillganglighet",
    hjalp: "/hjalp",
    deltagande: "/deltagande",
    "deltagande-ett": "/deltaganden/:deltagandeId",
    samtycke: "/samtycken/:samtyckeId",
    "samtycke-ratta": "/samtycken/:samtyckeId/ratta",
    insatser: "/insatser",
    "insats-ny": "/insatser/ny",
    insats: "/insatser/:insatsId",
    "insats-andra": "/insatser/:insatsId/andra",
    "insats-uppdrag": "/insatser/:insatsId/uppdrag",
    "insats-budget": "/insatser/:insatsId/budget",
    "insats-volym": "/insatser/:insatsId/volym",
    anonyma: "/insatser/:insatsId/anonyma",
    samtycken: "/insatser/:insatsId/samtycken",
    "aterkalla-i-insats": "/insatser/:insatsId/aterkalla",
    registrera: "/insatser/:insatsId/registrera",
    "registrera-in": "/insatser/:insatsId/registrera/in/:samtyckeId",
    "registrera-ratta-in":
        "/insatser/:insatsId/registrera/ratta-in/:deltagandeId",
    "registrera-ut": "/insatser/:insatsId/registrera/ut/:deltagandeId",
    "registrera-ratta-ut":
        "/insatser/:insatsId/registrera/ratta-ut/:deltagandeId",
    "registrera-klart": "/insatser/:insatsId/registrera/klart/:deltagandeId",
    samverkansorganisationer: "/samverkansorganisationer",
    "organisation-ny": "/samverkansorganisationer/ny",
    samverkansorganisation: "/samverkansorganisationer/:organisationId",
    "organisation-fragor": "/samverkansorganisationer/:organisationId/fragor",
    "organisation-andra": "/samverkansorganisationer/:organisationId/andra",
    "organisation-uppdrag": "/samverkansorganisationer/:organisationId/uppdrag",
    "organisation-budget": "/samverkansorganisationer/:organisationId/budget",
    "organisation-insatser": "/samverkansorganisationer/:organisationId/volym",
    rapporter: "/rapporter",
    rapport: "/rapporter/:grupp/:rapport",
    administration: "/administration",
    kodverk: "/administration/kodverk",
    myndigheter: "/administration/myndigheter",
    logg: "/administration/logg",
} as const;

type Sida = keyof typeof vagar;

/** The names of what is filled into a path: «insatsId» of «/insatser/:insatsId/andra». */
type Luckor<V extends string> = V extends `${string}:${infer L}/${infer Rest}`
    ? L | Luckor<`/${Rest}`>
    : V extends `${string}:${infer L}`
      ? L
      : never;

type Ids<S extends Sida> = Record<Luckor<(typeof vagar)[S]>, string>;

/** adress("insats", { insatsId }) → «/insatser/0193…»; without ids where the page has none. */
export function adress<S extends Sida>(
    sida: S,
    ...[ids]: keyof Ids<S> extends never ? [] : [ids: Ids<S>]
): string {
    const varden: Record<string, string> = ids ?? {};
    return vagar[sida].replace(/:(\w+)/g, (_, lucka: string) =>
        encodeURIComponent(varden[lucka] ?? ""),
    );
}

/** The form of an id in an address; what has another form is no page. */
const idform = "([0-9a-fA-F-]{36})";

/** A report is named in words, as the API names it. */
const namnform = "([a-z0-9-]{1,60})";

/** The path as the router reads it. */
export function rutt(sida: Sida): string {
    return vagar[sida].replace(
        /:\w+/g,
        (lucka) => lucka + (lucka.endsWith("Id") ? idform : namnform),
    );
}

/** Where to go after the log-in: a path of ours, never another site, as the browser itself reads it. */
export function inomSus(till: unknown): string {
    if (typeof till !== "string" || !till.startsWith("/")) {
        return "/";
    }
    const sus = window.location.origin;
    if (!URL.canParse(till, sus)) {
        return "/";
    }
    const u = new URL(till, sus);
    return u.origin === sus && !u.pathname.startsWith("//")
        ? u.pathname + u.search + u.hash
        : "/";
}
