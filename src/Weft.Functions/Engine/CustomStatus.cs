using System.Text.Json;
using System.Text.Json.Nodes;

namespace Weft.Functions.Engine;

/// <summary>Keeps a custom status within what Durable Functions documents: 16 KiB of UTF-16.</summary>
internal static class CustomStatus
{
    /// <summary>The most characters of JSON.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The status, without its largest members where it is too long. A reader sees their defaults.</summary>
    public static JsonElement? Fit(JsonElement? status)
    {
        if (status is not { } whole || whole.GetRawText().Length <= MaxLength)
        {
            return status;
        }

        if (whole.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var members = whole.EnumerateObject().OrderByDescending(m => m.Value.GetRawText().Length)
            .ThenBy(m => m.Name, StringComparer.Ordinal).ToList();
        var kept = JsonObject.Create(whole)!;
        foreach (var member in members)
        {
            kept.Remove(member.Name);
            if (kept.ToJsonString().Length <= MaxLength)
            {
                break;
            }
        }

        return JsonSerializer.SerializeToElement(kept);
    }
}
