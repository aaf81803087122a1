import type { Faltfel, Problem } from "./typer";

/** Every answer that is not 2xx, and no answer at all, is thrown as this. */
export class ProblemFel extends Error {
    public override readonly name = "ProblemFel";
    public readonly problem: Problem;
    /** Seconds to wait before the next try, when the server knows. */
    public readonly vanta: number | undefined;
    /** Where that which stands in the way is, as the server's Location says it. */
    public readonly plats: string | undefined;

    public constructor(problem: Problem, vanta?: number, plats?: string) {
        super(`${problem.status} ${problem.regel}`);
        this.problem = problem;
        this.vanta = vanta;
        this.plats = plats;
    }

    public get regel(): string {
        return this.problem.regel;
    }

    public get status(): number {
        return this.problem.status;
    }
}

/** The same refusal with its faults at other fields; any other thrown thing as it is. */
export function medFalten(
    fel: unknown,
    flytta: (fel: readonly Faltfel[]) => Faltfel[],
): unknown {
    return fel instanceof ProblemFel
        ? new ProblemFel(
              { ...fel.problem, fel: flytta(fel.problem.fel) },
              fel.vanta,
              fel.plats,
          )
        : fel;
}

function lokalt(
    status: number,
    regel: string,
    title: string,
    detail: string,
): Problem {
    return {
        type: "about:blank",
        title,
        status,
        detail,
        instance: "",
        regel,
        fel: [],
    };
}

/** No answer came: no network, or the server is down. */
export function natfel(): ProblemFel {
    return new ProblemFel(
        lokalt(
            0,
            "ingen-kontakt",
            "Ingen kontakt med SUS",
            "Det gick inte att nå SUS. Kontrollera nätet och försök igen.",
        ),
    );
}

function arProblem(v: unknown): v is Problem {
    return (
        typeof v === "object" &&
        v !== null &&
        "status" in v &&
        typeof v.status === "number" &&
        "regel" in v &&
        typeof v.regel === "string" &&
        "detail" in v &&
        typeof v.detail === "string" &&
        "fel" in v &&
        Array.isArray(v.fel)
    );
}

/** Reads problem+json; what a proxy wrote instead becomes a problem of the same status. */
export async function problemAv(svar: Response): Promise<ProblemFel> {
    const sekunder = Number(svar.headers.get("Retry-After") ?? Number.NaN);
    const vanta = Number.isFinite(sekunder) ? sekunder : undefined;
    try {
        const kropp: unknown = await svar.json();
        if (arProblem(kropp)) {
            return new ProblemFel(
                kropp,
                vanta,
                svar.headers.get("Location") ?? undefined,
            );
        }
    } catch {
        // Not JSON: a proxy or a gateway answered.
    }
    const problem =
        svar.status === 503 || svar.status === 502 || svar.status === 504
            ? lokalt(
                  svar.status,
                  "otillganglig",
                  "Tillfälligt otillgängligt",
                  "SUS är tillfälligt otillgängligt. Försök igen om en stund.",
              )
            : lokalt(
                  svar.status,
                  "ovantat-svar",
                  "Ett fel inträffade",
                  "SUS svarade på ett sätt som inte gick att tolka. Försök igen.",
              );
    return new ProblemFel(problem, vanta);
}

/** Any thrown thing as a problem to show. */
export function somProblem(fel: unknown): Problem {
    return fel instanceof ProblemFel
        ? fel.problem
        : lokalt(
              0,
              "fel-i-sidan",
              "Ett fel inträffade",
              "Något gick fel i sidan. Ladda om den och försök igen.",
          );
}
