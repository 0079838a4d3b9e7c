using Microsoft.Extensions.Configuration;

namespace Weft.Functions;

/// <summary>App settings that refer to the vault.</summary>
internal static class VaultReferences
{
    private const string Start = "@Microsoft.KeyVault(";

    /// <summary>
    /// Empties the settings whose secret does not exist. The platform leaves the reference itself in its place, which would pass for a key.
    /// </summary>
    public static void BlankUnresolvedReferences(this IConfigurationManager configuration)
    {
        var unresolved = configuration.AsEnumerable()
            .Where(setting => setting.Value?.StartsWith(Start, StringComparison.OrdinalIgnoreCase) == true)
            .Select(setting => new KeyValuePair<string, string?>(setting.Key, string.Empty))
            .ToList();
        configuration.AddInMemoryCollection(unresolved);
    }
}
