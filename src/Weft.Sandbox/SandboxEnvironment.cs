using Weft.Sandbox.Wire;

namespace Weft.Sandbox;

/// <summary>The conventional variables that point clients at a sandbox.</summary>
internal static class SandboxEnvironment
{
    /// <summary>Returns the variables for a sandbox at <paramref name="baseAddress"/>, in the order in which people read them.</summary>
    public static IReadOnlyDictionary<string, string> For(Uri baseAddress)
    {
        ArgumentNullException.ThrowIfNull(baseAddress);
        var root = baseAddress.AbsoluteUri.TrimEnd('/');
        return new Dictionary<string, string>
        {
            ["OPENAI_API_KEY"] = SandboxKeys.OpenAi,
            ["OPENAI_BASE_URL"] = root + "/openai/v1",
            ["ANTHROPIC_API_KEY"] = SandboxKeys.Anthropic,
            ["ANTHROPIC_BASE_URL"] = root + "/anthropic",
            ["AZURE_OPENAI_ENDPOINT"] = root + "/azure/",
            ["AZURE_OPENAI_API_KEY"] = SandboxKeys.OpenAi,
            ["GROQ_API_KEY"] = SandboxKeys.OpenAi,
            ["GROQ_BASE_URL"] = root + "/groq/openai/v1",
            ["GEMINI_API_KEY"] = SandboxKeys.OpenAi,
            ["GEMINI_BASE_URL"] = root + "/gemini/v1beta/openai",
            ["OLLAMA_BASE_URL"] = root + "/ollama/v1",
            ["COMPOSIO_API_KEY"] = SandboxKeys.Composio,
            ["COMPOSIO_BASE_URL"] = root + "/composio/api/v3.1",
        };
    }
}
