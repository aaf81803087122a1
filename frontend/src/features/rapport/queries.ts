import {
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { api, kropp } from "@/shared/api/klient";
import type { Filformat, Fraga, Rapport, Urval } from "./rapport.logic";

/** The year goes as it stands: what is no year is refused by the server, in its words. */
function somFraga(urval: Urval): Omit<Fraga, "format"> {
    return urval as unknown as Omit<Fraga, "format">;
}

export function useForsorjningsrapport(
    urval: MaybeRefOrGetter<Urval>,
): UseQueryReturnType<Rapport, Error> {
    return useQuery({
        queryKey: () => ["rapporter", "forsorjning", toValue(urval)] as const,
        queryFn: ({ signal }) =>
            kropp(
                api.GET("/rapporter/deltagarrapport/forsorjning", {
                    params: {
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
export function hamtaFil(urval: Urval, format: Filformat): Promise<Blob> {
    return kropp(
        api.GET("/rapporter/deltagarrapport/forsorjning", {
            params: { query: { ...somFraga(urval), format } },
            parseAs: "blob",
        }),
    );
}
