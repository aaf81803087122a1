import type {
    Faltfel,
    Problem,
    Roll,
    Schema,
    Session,
} from "@/shared/api/typer";
import { kodverken, kommuner } from "./kodverk";
import * as v from "./varlden";

/** What a mounted page asks the server for. */
export interface Fraga {
    metod: string;
    /** The path, with its version. */
    vag: string;
    sok: URLSearchParams;
    huvuden: Headers;
    kropp: unknown;
    /** «POST /v1/insatser/…/deltaganden»: as asked, the ids left out. */
    namn: string;
}

/** A response as it is, a body to send, or undefined: what the world answers. */
export type Svarare = (f: Fraga) => unknown;

/** A refusal, as it comes over the wire. */
export function nej(
    status: number,
    regel: string,
    {
        detail = "Det gick inte.",
        fel = [],
        huvuden = {},
    }: {
        detail?: string;
        fel?: Faltfel[];
        huvuden?: Record<string, string>;
    } = {},
): Response {
    const problem: Problem = {
        type: `https://sus.forsakringskassan.se/fel/${regel}`,
        title: "Nekat",
        status,
        detail,
        instance: "/v1",
        regel,
        fel,
    };
    return Response.json(problem, {
        status,
        headers: { "Content-Type": "application/problem+json", ...huvuden },
    });
}

/** Fields that are to be mended. */
export function nekade(...fel: Faltfel[]): Response {
    return nej(422, fel[0]?.regel ?? "", {
        detail: "Uppgifterna kan inte sparas. Rätta de fält som pekas ut.",
        fel,
    });
}

export function lista(data: readonly unknown[]): unknown {
    return { data, _meta: { totalRecords: data.length }, _links: {} };
}

export function session(roll: Roll, mer: Partial<Session> = {}): Session {
    const lokal = roll === "DELTAGARANSVARIG" || roll === "INSATSANSVARIG";
    const { organisation, insats } = v;
    return {
        csrf: "ett",
        jag: {
            id: "jag",
            fornamn: "Anna",
            efternamn: "Prov",
            personnummerMaskerat: "19770117-****",
            behorigheter: [
                { roll, franOchMed: "2026-01-01", tillOchMed: "2026-12-31" },
            ],
            uppdrag:
                lokal || roll === "SAMVERKANSADMINISTRATOR"
                    ? [
                          {
                              roll,
                              organisationId: organisation.id,
                              organisation: organisation.namn,
                              ...(lokal
                                  ? { insatsId: insats.id, insats: insats.namn }
                                  : {}),
                          },
                      ]
                    : [],
            scopes: [],
        },
        idag: v.idag,
        giltigTill: `${v.idag}T20:00:00Z`,
        vilarTill: `${v.idag}T08:30:00Z`,
        demo: false,
        ...mer,
    };
}

function med(f: Fraga, pa: object): unknown {
    return { ...pa, ...(f.kropp as object) };
}

/** What the world answers when a test has nothing to say about it; what is ended there is ended. */
export function varld(): Svarare {
    let ute = false;
    return (f) => {
        ute ||= f.namn === avslut && !f.sok.has("provkor");
        return varldensSvar(f, ute);
    };
}

const avslut = "POST /v1/deltaganden/…/utregistreringar";

function varldensSvar(f: Fraga, ute: boolean): unknown {
    const typ = f.sok.get("kodverk") as Schema<"Kodverkstyp"> | null;
    const d = f.vag.includes(v.avslutat.id)
        ? v.avslutat
        : ute
          ? { ...v.avslutat, id: v.deltagande.id }
          : v.deltagande;
    switch (f.namn) {
        case "GET /v1/kodverk":
            return lista((typ && kodverken[typ]) ?? []);
        case "GET /v1/kodverk/AVSLUTSANLEDNING/koder/SJUKDOM":
            return v.kod;
        case "GET /v1/kodverk/AVSLUTSANLEDNING/koder/SJUKDOM/paverkan":
            return v.kodpaverkan;
        case "POST /v1/kodverk/AVSLUTSANLEDNING/koder":
        case "POST /v1/kodverk/STADSDEL/koder":
        case "PUT /v1/kodverk/AVSLUTSANLEDNING/koder/SJUKDOM":
            return { ...v.kod, version: 2 };
        case "GET /v1/kommuner":
            return lista(kommuner);
        case "GET /v1/insatser":
            return lista([v.insats]);
        case "GET /v1/insatser/…":
            return v.insats;
        case "POST /v1/insatser":
        case "PUT /v1/insatser/…":
            return med(f, { ...v.insats, version: 2 });
        case "GET /v1/samverkansorganisationer":
            return lista([v.organisation]);
        case "GET /v1/samverkansorganisationer/…":
            return v.organisation;
        case "POST /v1/samverkansorganisationer":
        case "PUT /v1/samverkansorganisationer/…":
            return { ...v.organisation, version: 2 };
        case "GET /v1/myndigheter":
            return lista([v.myndighet]);
        case "GET /v1/myndigheter/…":
            return v.myndighet;
        case "POST /v1/myndigheter":
        case "PUT /v1/myndigheter/…":
            return med(f, { ...v.myndighet, version: 2 });
        case "POST /v1/deltagare-sokningar":
            return v.traff;
        case "POST /v1/insatser/…/samtycken":
        case "PUT /v1/samtycken/…":
        case "GET /v1/samtycken/…":
            return v.samtycke;
        case "POST /v1/insatser/…/deltaganden":
            return f.sok.has("provkor") ? { varningar: [] } : v.deltagande;
        case avslut:
            return f.sok.has("provkor") ? { varningar: [] } : d;
        case "GET /v1/deltaganden/…":
        case "PUT /v1/deltaganden/…/inregistrering":
        case "PUT /v1/deltaganden/…/utregistrering":
            return d;
        case "GET /v1/insatser/…/uppdrag":
        case "GET /v1/samverkansorganisationer/…/uppdrag":
            return lista([v.uppdrag]);
        case "GET /v1/samverkansorganisationer/…/uppdragstagare":
            return lista([v.uppdragstagare]);
        case "POST /v1/insatser/…/uppdrag":
        case "POST /v1/samverkansorganisationer/…/uppdrag":
            return med(f, v.uppdrag);
        case "PUT /v1/uppdrag/…":
            return med(f, { ...v.uppdrag, version: 2 });
        case "POST /v1/samverkansorganisationer/…/fragor":
            return { ...v.fraga, version: 1 };
        case "PUT /v1/fragor/…":
            return { ...v.fraga, version: 2 };
        case "PUT /v1/samverkansorganisationer/…/frageordning":
            return med(f, { version: 4 });
        case "GET /v1/insatser/…/volymer/2026":
        case "PUT /v1/insatser/…/volymer/2026":
            return med(f, v.volym);
        case "GET /v1/insatser/…/budgetar/2026":
        case "PUT /v1/insatser/…/budgetar/2026":
            return med(f, v.insatsbudget);
        case "GET /v1/samverkansorganisationer/…/budgetar/2026":
        case "PUT /v1/samverkansorganisationer/…/budgetar/2026":
            return med(f, v.organisationsbudget());
        case "GET /v1/samverkansorganisationer/…/budgetar/2025":
            return v.organisationsbudget({ ar: 2025 });
        case "POST /v1/samverkansorganisationer/…/budgetar/2026/stangningar":
        case "POST /v1/samverkansorganisationer/…/budgetar/2026/oppningar":
            return {
                id: v.ider.anonyma,
                ar: 2026,
                stangt: true,
                registrerad: `${v.idag}T08:00:00Z`,
                registreradAv: v.ider.anvandare,
            };
        case "POST /v1/insatser/…/anonyma":
            return f.sok.has("provkor") ? { varningar: [] } : v.anonyma;
        case "PUT /v1/anonyma/…":
            return med(f, { ...v.anonyma, version: 2 });
        default:
            // A list of which the test says nothing is empty.
            return f.metod === "GET" ? lista([]) : undefined;
    }
}
