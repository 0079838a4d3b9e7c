using System.Globalization;
using Weft.Workflows;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Weft.Agents.Models.Catalog;

/// <summary>What a catalog file holds.</summary>
internal sealed record CatalogContent(IReadOnlyList<ProviderSpec> Providers, IReadOnlyList<ModelProfile> Profiles, IReadOnlyList<ModelSpec> Models);
