namespace Weft.Language.Loading;

/// <summary>Paths inside a project: with <c>/</c>, relative to the project file.</summary>
internal static class ProjectPath
{
    /// <summary>The path without <c>./</c> and backslashes.</summary>
    public static string Trim(string path)
    {
        var trimmed = path.Trim().Replace('\\', '/');
        while (trimmed.StartsWith("./", StringComparison.Ordinal))
        {
            trimmed = trimmed[2..];
        }

        return trimmed;
    }

    /// <summary>The path with its dots resolved, or null when it leaves the project's folder.</summary>
    public static string? Resolve(string path)
    {
        var trimmed = Trim(path);
        if (trimmed.Length == 0 || trimmed[0] == '/' || (trimmed.Length > 1 && trimmed[1] == ':'))
        {
            return null;
        }

        var parts = new List<string>();
        foreach (var part in trimmed.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (part)
            {
                case ".":
                    break;
                case ".." when parts.Count == 0:
                    return null;
                case "..":
                    parts.RemoveAt(parts.Count - 1);
                    break;
                default:
                    parts.Add(part);
                    break;
            }
        }

        return parts.Count == 0 ? null : string.Join('/', parts);
    }
}
