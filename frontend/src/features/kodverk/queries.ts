import {
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
} from "@tanstack/vue-query";
import {
    type ComputedRef,
    type MaybeRefOrGetter,
    computed,
    toValue,
} from "vue";
import { api, kropp } from "@/shared/api/klient";
import type { Schema } from "@/shared/api/typer";
import type { Kodrad } from "./kodverk.logic";

const timme = 3_600_000;

export const kodverksnycklar = {
    kodverk: (typ: Schema<"Kodverkstyp">) => ["kodverk", typ] as const,
    kommuner: () => ["kommuner"] as const,
};

/** A code list with all its dated rows. It changes a few times a year. */
export function useKodverk(
    typ: Schema<"Kodverkstyp">,
): UseQueryReturnType<Kodrad[], Error> {
    return useQuery({
        queryKey: kodverksnycklar.kodverk(typ),
        queryFn: async ({ signal }) => {
            const svar = await kropp(
                api.GET("/v1/kodverk", {
                    params: { query: { kodverk: typ, limit: 100 } },
                    signal,
                }),
            );
            return svar.data;
        },
        staleTime: timme,
        gcTime: timme,
        placeholderData: keepPreviousData,
    });
}

/** All 290 kommuner with their län. */
export function useKommuner(): UseQueryReturnType<Schema<"Kommun">[], Error> {
    return useQuery({
        queryKey: kodverksnycklar.kommuner(),
        queryFn: async ({ signal }) => {
            const sidor = await Promise.all(
                [0, 100, 200].map((offset) =>
                    kropp(
                        api.GET("/v1/kommuner", {
                            params: { query: { limit: 100, offset } },
                            signal,
                        }),
                    ),
                ),
            );
            return sidor.flatMap((s) => s.data);
        },
        staleTime: timme,
        gcTime: timme,
    });
}

/** What a kommun is called; its code until that is known, undefined for none. */
export function useKommunnamn(
    kod: MaybeRefOrGetter<string | undefined>,
): ComputedRef<string | undefined> {
    const { data } = useKommuner();
    return computed(() => {
        const k = toValue(kod);
        return data.value?.find((rad) => rad.kod === k)?.namn ?? k;
    });
}
