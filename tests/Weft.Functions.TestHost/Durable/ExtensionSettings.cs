using System.Collections;
using System.Text.Json;

namespace Weft.Functions.TestHost.Durable;

/// <summary>The settings of extensions: what the app's host.json says, and what the environment says over it.</summary>
internal static class ExtensionSettings
{
    private const string Section = "AzureWebJobs:extensions";
    private const string Variables = "AzureFunctionsJobHost__extensions";

    public static Dictionary<string, string?> Read(string hostJson)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        using var document = JsonDocument.Parse(File.ReadAllText(hostJson));
        Flatten(document.RootElement.GetProperty("extensions"), Section, settings);
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            if (variable.Key is string name && name.StartsWith(Variables, StringComparison.OrdinalIgnoreCase))
            {
                settings[Section + name[Variables.Length..].Replace("__", ":", StringComparison.Ordinal)] = (string?)variable.Value;
            }
        }

        return settings;
    }

    private static void Flatten(JsonElement element, string path, Dictionary<string, string?> settings)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            settings[path] = element.ToString();
            return;
        }

        foreach (var property in element.EnumerateObject())
        {
            Flatten(property.Value, $"{path}:{property.Name}", settings);
        }
    }
}
