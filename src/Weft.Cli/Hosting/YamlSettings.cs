using System.Globalization;
using Microsoft.Extensions.Configuration;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Weft.Cli.Hosting;

/// <summary>Settings from <c>weft.yaml</c>: its keys lie under the section <c>Weft</c>, as <c>WEFT__SECTION__KEY</c> does.</summary>
internal static class YamlSettings
{
    public const string FileName = "weft.yaml";

    /// <summary>Reads the file when there is one.</summary>
    /// <exception cref="ConfigurationException">It is no YAML mapping.</exception>
    public static IConfigurationBuilder AddWeftYaml(this IConfigurationBuilder builder, string path)
    {
        if (!File.Exists(path))
        {
            return builder;
        }

        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var reader = File.OpenText(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count > 0)
            {
                if (yaml.Documents[0].RootNode is not YamlMappingNode root)
                {
                    throw new ConfigurationException($"{path} must be a mapping of settings, such as 'models: {{ timeout: 00:01:00 }}'.");
                }

                Flatten("Weft", root, path, settings);
            }
        }
        catch (YamlException broken)
        {
            throw new ConfigurationException(string.Create(
                CultureInfo.InvariantCulture, $"{path}:{broken.Start.Line}:{broken.Start.Column} is no valid YAML: {broken.Message}"));
        }

        return builder.AddInMemoryCollection(settings);
    }

    private static void Flatten(string prefix, YamlNode node, string path, Dictionary<string, string?> settings)
    {
        switch (node)
        {
            case YamlScalarNode scalar:
                settings[prefix] = scalar.Value;
                break;
            case YamlSequenceNode sequence:
                for (var i = 0; i < sequence.Children.Count; i++)
                {
                    Flatten(string.Create(CultureInfo.InvariantCulture, $"{prefix}:{i}"), sequence.Children[i], path, settings);
                }

                break;
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                    {
                        throw new ConfigurationException(string.Create(
                            CultureInfo.InvariantCulture,
                            $"{path}:{key.Start.Line}:{key.Start.Column}: the key of a setting must be a name."));
                    }

                    // allow_loopback and AllowLoopback name the same option.
                    Flatten($"{prefix}:{name.Replace("_", string.Empty, StringComparison.Ordinal)}", value, path, settings);
                }

                break;
        }
    }
}
