using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Weft.Language.Diagnostics;

namespace Weft.Language.Definitions;

/// <summary>Names a definition by what it says: executions are pinned to it.</summary>
public static class ContentHash
{
    private static readonly JsonSerializerOptions WithoutPlaces = new(WeftJson.Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutPlaces } },
    };

    /// <summary>The hash, as <c>sha256:</c> and 64 hexadecimal digits. Comments, formatting and places in the file don't count.</summary>
    public static string Of(WorkflowDefinition definition) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(definition, WithoutPlaces)))}";

    private static void LeaveOutPlaces(JsonTypeInfo type)
    {
        for (var i = type.Properties.Count - 1; i >= 0; i--)
        {
            if (type.Properties[i].PropertyType == typeof(SourceSpan))
            {
                type.Properties.RemoveAt(i);
            }
        }
    }
}
