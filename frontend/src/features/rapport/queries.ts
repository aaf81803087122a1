import {
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { api, kropp } from "@/shared/api/klient";
import type { Fraga, Katalog, Rapport, Urval } from "./rapport.logic";

/** Which report: its path's two names. */
interface Vilken {
    grupp: string;
    rapport: string;
}

/** The choices go as they stand: what is no year is refused by the server, in its words. */
function somFraga(urval: Urval): Fraga {
    return urval;
}

/** The catalogue, which changes with the program alone. */
export function useKatalog(): UseQueryReturnType<Katalog, Error> {
    return useQuery({
        queryKey: ["rapporter"] as const,
        queryFn: ({ signal }) => kropp(api.GET("/rapporter", { signal })),
        staleTime: 3_600_000,
    });
}

export function useRapport(
    vilken: MaybeRefOrGetter<Vilken>,
    urval: MaybeRefOrGetter<Urval>,
): UseQueryReturnType<Rapport, Error> {
    return useQuery({
        queryKey: () => ["rapporter", toValue(vilken), toValue(urval)] as const,
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/rapporter/{grupp}/{rapport}", {
                    params: {
                        path: toValue(vilken),
                        query: { ...somFraga(toValue(urval)), format: "json" },
                    },
                    signal,
                }),
            ),
        // Always exact: what was registered a moment ago is in it.
        staleTime: 0,
        placeholderData: keepPreviousData,
    });
}

/** The report as a file: asked for as all else is, so that a log-in that is over is told. */
export function hamtaFil(
    vilken: Vilken,
    urval: Urval,
    format: string,
): Promise<Blob> {
    return kropp(
        api.GET("/rapporter/{grupp}/{rapport}", {
            params: {
                path: vilken,
                query: {
                    ...somFraga(urval),
                    format: format as NonNullable<Fraga["format"]>,
                },
            },
            parseAs: "blob",
        }),
    );
}
