import {
    type UseQueryReturnType,
    keepPreviousData,
    useQuery,
    useQueryClient,
} from "@tanstack/vue-query";
import { type MaybeRefOrGetter, toValue } from "vue";
import { api, kropp } from "@/shared/api/klient";
import type { Schema } from "@/shared/api/typer";
import { type Loggfraga, arSokning, tillSokning } from "./logg.logic";
import { numretFor } from "./loggminne";

const perSida = 50;

/** By the question as its address says it: no number stands in a key. */
function nyckel(fraga: Loggfraga): readonly [string, Loggfraga] {
    return ["loggposter", fraga];
}

/** Each call is a row in the log. */
function hamta(
    fraga: Loggfraga,
    signal: AbortSignal,
): Promise<Schema<"LoggpostLista">> {
    const sida = {
        limit: perSida,
        ...(fraga.cursor === undefined ? {} : { cursor: fraga.cursor }),
    };
    if (arSokning(fraga)) {
        return kropp(
            api.POST("/loggpost-sokningar", {
                params: { query: sida },
                body: tillSokning(fraga, numretFor(fraga.person)),
                signal,
            }),
        );
    }
    const { objektId } = fraga;
    return kropp(
        api.GET("/loggposter", {
            params: {
                query: {
                    ...sida,
                    ...(objektId === undefined ? {} : { objektId }),
                },
            },
            signal,
        }),
    );
}

/** A page of the log, newest first. */
export function useLoggposter(
    fraga: MaybeRefOrGetter<Loggfraga>,
    ska: MaybeRefOrGetter<boolean>,
): UseQueryReturnType<Schema<"LoggpostLista">, Error> {
    return useQuery({
        queryKey: () => nyckel(toValue(fraga)),
        queryFn: ({ signal }) => hamta(toValue(fraga), signal),
        enabled: () => toValue(ska),
        placeholderData: keepPreviousData,
    });
}

/** Asks now, also what was asked before; the page that shows the question has its answer. */
export function useLoggsokning(): (fraga: Loggfraga) => Promise<unknown> {
    const fragor = useQueryClient();
    return (fraga) =>
        fragor.query({
            queryKey: nyckel(fraga),
            queryFn: ({ signal }) => hamta(fraga, signal),
            staleTime: 0,
            retry: false,
        });
}
