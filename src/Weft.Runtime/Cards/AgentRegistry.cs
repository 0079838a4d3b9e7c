using Microsoft.Extensions.Logging;
using Weft.Agents.Storage;
using Weft.Language;
using Weft.Language.Definitions;
using Weft.Language.Diagnostics;
using Weft.Language.Loading;
using Weft.Runtime.Records;

namespace Weft.Runtime.Cards;

/// <summary>The agents that workflows can name: cards from files, cards put by the API, and the built-in ones.</summary>
/// <remarks>A card put by the API hides a file's, and a file's hides a built-in one. Safe for concurrent use.</remarks>
public sealed class AgentRegistry(IRecordStore store, ILogger<AgentRegistry> logger)
{
    private readonly AgentRecords _records = new(store);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly Dictionary<string, AgentCard> _goodCards = new(StringComparer.Ordinal);
    private Dictionary<string, AgentCard> _fromFiles = new(StringComparer.Ordinal);
    private Dictionary<string, AgentCard>? _fromStore;
    private IReadOnlyDictionary<string, AgentHealth> _health = new Dictionary<string, AgentHealth>();

    /// <summary>Registers the cards of files in the place of those of the last load. A broken file keeps its last good card.</summary>
    /// <returns>The findings.</returns>
    public IReadOnlyList<Diagnostic> LoadFiles(IReadOnlyList<AgentFile> files)
    {
        var diagnostics = new List<Diagnostic>();
        var cards = new Dictionary<string, AgentCard>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var loaded = AgentCardLoader.Load(file.Text, file.Path);
            diagnostics.AddRange(loaded.Diagnostics);
            if (loaded.Card is { } card)
            {
                _goodCards[file.Path] = card;
            }

            if (_goodCards.TryGetValue(file.Path, out var good))
            {
                cards[good.Name] = good;
            }
        }

        lock (_gate)
        {
            _fromFiles = cards;
        }

        return diagnostics;
    }

    /// <summary>Registers a card, or changes it. It is durable.</summary>
    /// <returns>Whether the name is new among the cards that were put.</returns>
    public async Task<bool> PutAsync(AgentCard card, CancellationToken cancellationToken)
    {
        var created = await _records.PutAsync(card, cancellationToken);
        await RefreshAsync(cancellationToken);
        logger.AgentRegistered(card.Name, card.Type.ToString());
        return created;
    }

    /// <summary>Takes out a card that was put; a file's or a built-in card of the name shows again.</summary>
    /// <returns>False when none was put.</returns>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var deleted = await _records.DeleteAsync(name, cancellationToken);
        await RefreshAsync(cancellationToken);
        return deleted;
    }

    /// <summary>One agent; null when there is none.</summary>
    public async Task<RegisteredAgent?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var all = await CardsAsync(cancellationToken);
        return all.TryGetValue(name, out var found) ? WithHealth(found) : null;
    }

    /// <summary>The agents that meet every condition given, by name.</summary>
    public async Task<IReadOnlyList<RegisteredAgent>> ListAsync(AgentQuery query, CancellationToken cancellationToken)
    {
        var all = await CardsAsync(cancellationToken);
        return
        [
            .. all.Values.Select(WithHealth)
                .Where(a => query.Capability is null || a.Card.Capabilities.Contains(query.Capability, StringComparer.OrdinalIgnoreCase))
                .Where(a => query.CostTier is null || string.Equals(a.Card.CostTier, query.CostTier, StringComparison.OrdinalIgnoreCase))
                .Where(a => !query.HealthyOnly || a.Healthy)
                .OrderBy(a => a.Card.Name, StringComparer.Ordinal),
        ];
    }

    /// <summary>
    /// The card that works under a name: its own, that of a healthy agent in its place, or the built-in one its first word names.
    /// </summary>
    /// <returns>The card, and a warning when it is not the agent's own.</returns>
    /// <exception cref="WeftException">Code <c>unknown_agent</c>: there is none.</exception>
    public async Task<(AgentCard Card, string? Warning)> ResolveAsync(string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(name, cancellationToken) is not { } agent)
        {
            if (BuiltInAgents.ByFirstWord(name) is { } builtIn)
            {
                return (builtIn with { Name = name },
                    $"Agent '{name}' is not registered; the built-in agent '{builtIn.Name}' works in its name. Put a card to give it its "
                    + $"own settings.");
            }

            var known = (await CardsAsync(cancellationToken)).Keys;
            throw new WeftException(
                "unknown_agent", Fault.Invalid,
                $"There is no agent '{name}'.{NearMiss.HintOrList(name, known)} Add a card to workflows/agents, or PUT it to "
                + $"/agents/{name}.");
        }

        if (agent.Healthy)
        {
            return (agent.Card, null);
        }

        var health = $"{agent.Health!.ErrorRate:P0} of its last {agent.Health.Runs} runs failed"; // Only a counted agent is unhealthy.
        if (await FallbackAsync(agent.Card, cancellationToken) is { } fallback)
        {
            return (fallback.Card, $"Agent '{name}' is unhealthy ({health}); '{fallback.Card.Name}' works in its place.");
        }

        // Refusing would keep it from ever doing better, and its work undone for a day.
        return (agent.Card,
            $"Agent '{name}' is unhealthy ({health}), and no healthy agent has half of its capabilities; it works all the same.");
    }

    /// <summary>The healthy agent with the most of an agent's capabilities, at least half of them; null when there is none.</summary>
    /// <remarks>Of equals, the cheaper and then the first by name. Built-in agents stand in for none.</remarks>
    public async Task<RegisteredAgent?> FallbackAsync(AgentCard card, CancellationToken cancellationToken)
    {
        if (card.Capabilities.Count == 0)
        {
            return null;
        }

        var others = await ListAsync(new AgentQuery { HealthyOnly = true }, cancellationToken);
        return others
            .Where(o => o.Card.Name != card.Name && o.Origin != AgentOrigin.BuiltIn)
            .Select(o => (Agent: o, Overlap: o.Card.Capabilities.Intersect(card.Capabilities, StringComparer.OrdinalIgnoreCase).Count()))
            .Where(o => o.Overlap >= card.Capabilities.Count * 0.5)
            .OrderByDescending(o => o.Overlap).ThenBy(o => Tier(o.Agent.Card.CostTier))
            .ThenBy(o => o.Agent.Card.Name, StringComparer.Ordinal)
            .Select(o => o.Agent)
            .FirstOrDefault();
    }

    /// <summary>Takes new counts, in the place of the old ones.</summary>
    internal void Observe(IReadOnlyDictionary<string, AgentHealth> health)
    {
        IReadOnlyDictionary<string, AgentHealth> before;
        lock (_gate)
        {
            (before, _health) = (_health, health);
        }

        foreach (var (name, now) in health.OrderBy(h => h.Key, StringComparer.Ordinal))
        {
            var was = before.GetValueOrDefault(name)?.Healthy ?? true;
            if (was && !now.Healthy)
            {
                logger.AgentUnhealthy(name, now.ErrorRate, now.Runs);
            }
            else if (!was && now.Healthy)
            {
                logger.AgentHealthy(name);
            }
        }
    }

    /// <summary>Reads the cards that were put, by this process or another.</summary>
    internal async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var cards = (await _records.ListAsync(cancellationToken)).ToDictionary(c => c.Name, StringComparer.Ordinal);
            lock (_gate)
            {
                _fromStore = cards;
            }
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task<Dictionary<string, (AgentCard Card, AgentOrigin Origin)>> CardsAsync(CancellationToken cancellationToken)
    {
        if (_fromStore is null)
        {
            await RefreshAsync(cancellationToken);
        }

        var all = new Dictionary<string, (AgentCard, AgentOrigin)>(StringComparer.Ordinal);
        lock (_gate)
        {
            foreach (var card in BuiltInAgents.All)
            {
                all[card.Name] = (card, AgentOrigin.BuiltIn);
            }

            foreach (var card in _fromFiles.Values)
            {
                all[card.Name] = (card, AgentOrigin.File);
            }

            foreach (var card in _fromStore!.Values) // RefreshAsync has set it.
            {
                all[card.Name] = (card, AgentOrigin.Api);
            }
        }

        return all;
    }

    private RegisteredAgent WithHealth((AgentCard Card, AgentOrigin Origin) found)
    {
        lock (_gate)
        {
            return new RegisteredAgent(found.Card, found.Origin, _health.GetValueOrDefault(found.Card.Name));
        }
    }

    private static int Tier(string tier) => tier.ToLowerInvariant() switch { "low" => 0, "medium" => 1, _ => 2 };
}
