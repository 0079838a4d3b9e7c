using System.Text.Json;
using Weft.Language;
using Weft.Workflows.Contracts;

namespace Weft.Functions.Engine;

/// <summary>Keeps a custom status within what Durable Functions documents: 16 KiB of UTF-16.</summary>
internal static class CustomStatus
{
    /// <summary>The most characters of JSON.</summary>
    public const int MaxLength = 8 * 1024;

    /// <summary>The status; of an execution's progress as much as there is room for, and of anything else nothing or all.</summary>
    public static JsonElement? Fit(JsonElement? status)
    {
        if (status is not { } whole || whole.GetRawText().Length <= MaxLength)
        {
            return status;
        }

        return whole.ValueKind == JsonValueKind.Object && whole.Deserialize<ExecutionProgress>(WeftJson.Options) is { } progress
            ? JsonSerializer.SerializeToElement(progress.Within(MaxLength), WeftJson.Options) : null;
    }
}
