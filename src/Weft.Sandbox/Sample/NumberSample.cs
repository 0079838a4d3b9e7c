using System.Text.Json.Nodes;
using Weft.Sandbox.Json;

namespace Weft.Sandbox.Sample;

/// <summary>A number within the bounds of a schema: 1 where they allow it.</summary>
internal static class NumberSample
{
    private const double Usual = 1;

    public static JsonNode Of(JsonObject schema, bool whole)
    {
        var least = whole ? 1 : 0.01;
        var min = schema.Get("minimum").AsNumber() ?? schema.Get("exclusiveMinimum").AsNumber() + least;
        var max = schema.Get("maximum").AsNumber() ?? schema.Get("exclusiveMaximum").AsNumber() - least;
        var value = Math.Max(min ?? double.MinValue, Math.Min(max ?? double.MaxValue, Usual));
        if (schema.Get("multipleOf").AsNumber() is { } step and > 0)
        {
            var (lowest, nearest) = (Math.Ceiling(Math.Round((min ?? 0) / step, 9)) * step, Math.Floor(Math.Round(value / step, 9)) * step);
            value = Math.Max(lowest, nearest);
        }

        return whole ? JsonValue.Create((long)(Math.Ceiling(value) > max ? Math.Floor(value) : Math.Ceiling(value)))
            : JsonValue.Create(Math.Round(value, 6));
    }
}
