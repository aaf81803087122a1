import type { Rollnamn } from "./konton";
import { Api } from "./stod";

export interface Sida {
    /** undefined: who is not logged in. */
    roll: Rollnamn | undefined;
    vag: string;
}

/** Every page by its address, with something on it, and who looks at it. */
export async function sidor(
    bas: string,
    nummer: () => string,
): Promise<Sida[]> {
    const api = Api.som("deltagaransvarig", bas);
    const insats = await api.minInsats();
    const d = await api.deltagande(insats.id, nummer());
    const ute = await api.deltagande(insats.id, nummer());
    await api.skrivUt(ute.id);
    const s = await api.samtycke(insats.id, nummer());
    const administratorens = await Api.som(
        "samverkansadministrator",
        bas,
    ).minInsats();
    const avslutad = await Api.som("fleraInsatser", bas).minInsats("Vägen in");
    const registrera = `/insatser/${insats.id}/registrera`;
    const vagar: Partial<Record<Rollnamn, string[]>> = {
        deltagaransvarig: [
            "/",
            "/deltagande",
            "/insatser",
            `/insatser/${insats.id}`,
            registrera,
            `${registrera}/in/${s.id}`,
            `${registrera}/ut/${d.id}`,
            `${registrera}/ratta-in/${d.id}`,
            `${registrera}/ratta-ut/${ute.id}`,
            `${registrera}/klart/${d.id}?slag=in`,
            `/insatser/${insats.id}/anonyma`,
            `/insatser/${insats.id}/samtycken`,
            `/samtycken/${s.id}`,
            `/samtycken/${s.id}/ratta`,
            `/deltaganden/${d.id}`,
            "/samverkansorganisationer",
            `/samverkansorganisationer/${insats.organisation.id}`,
            "/rapporter",
            "/rapporter/deltagarrapport/forsorjning?samverkansform=FINSAM&budgetar=2010",
            "/tillganglighet",
            "/hjalp",
            "/demo",
            "/finns-inte",
        ],
        samverkansadministrator: [
            "/insatser/ny",
            "/insatser?till=insats-budget",
            "/samverkansorganisationer?till=organisation-fragor",
            `/samverkansorganisationer/${administratorens.organisation.id}/andra`,
            `/insatser/ny?kopia=${administratorens.id}`,
            `/insatser/${administratorens.id}/andra`,
            `/insatser/${administratorens.id}/uppdrag`,
            `/insatser/${administratorens.id}/budget`,
            `/insatser/${administratorens.id}/volym`,
            `/samverkansorganisationer/${administratorens.organisation.id}/budget`,
            `/samverkansorganisationer/${administratorens.organisation.id}/volym`,
            `/samverkansorganisationer/${administratorens.organisation.id}/uppdrag`,
            `/samverkansorganisationer/${administratorens.organisation.id}/fragor?ny=ja`,
        ],
        systemforvaltare: [
            "/administration",
            "/administration/myndigheter",
            "/administration/myndigheter?andra=ny",
            "/samverkansorganisationer/ny",
            "/administration/kodverk",
            "/administration/kodverk?kodverk=STADSDEL&andra=ny+kod",
            "/administration/kodverk?kodverk=FORSORJNING&andra=A_KASSA",
            "/administration/logg",
            `/insatser/${avslutad.id}/aterkalla`,
        ],
    };
    return [
        { roll: undefined, vag: "/logga-in" },
        ...Object.entries(vagar).flatMap(([roll, egna]) =>
            egna.map((vag) => ({ roll: roll as Rollnamn, vag })),
        ),
    ];
}
