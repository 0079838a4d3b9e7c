namespace Weft.Agents.Models.Catalog;

/// <summary>The wire formats.</summary>
public enum ProviderKind
{
    /// <summary>Chat completions, of OpenAI or any that speaks them.</summary>
    OpenAi,

    /// <summary>Chat completions on Azure: the deployment stands for the model, the key goes in <c>api-key</c>.</summary>
    Azure,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}
