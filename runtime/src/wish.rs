//! What a caller wants of an instance whose lock is held.

use std::pin::pin;

use crate::definition::{Definition, Dispatch, Name};
use crate::error::Error;
use crate::fields::Fields;
use crate::locked::Locked;
use crate::outcome::Outcome;
use crate::under_way::Decided;

/// What a caller wants.
pub(crate) enum Wish<D: Definition> {
    Transition(D::Transition),
    Alias(D::Alias),
    State(D::StateName),
    Decided(Decided<D>),
}

impl<D: Dispatch<A>, A: Send + 'static> Locked<D, A> {
    /// Carries out a wish.
    pub(crate) async fn grant(
        &mut self,
        wish: Wish<D>,
        cause: Option<String>,
    ) -> Result<Outcome<D>, Error> {
        self.instance.ready().await?;
        let transition = match wish {
            Wish::Decided(decided) => return pin!(self.instance.intervene(decided, cause)).await,
            Wish::Transition(transition) => transition,
            Wish::Alias(alias) => self.aliased(&alias)?,
            Wish::State(state) => self.leading_to(state)?,
        };
        pin!(self.instance.fire(transition, cause)).await
    }

    fn aliased(&self, alias: &D::Alias) -> Result<D::Transition, Error> {
        self.at_rest()?;
        let state = self.instance.state_name();
        D::resolve(alias, state).ok_or_else(|| Error::InvalidAlias {
            alias: D::alias_name(alias),
            state: state.as_str(),
            possible: self.instance.possible(),
        })
    }

    fn leading_to(&self, target: D::StateName) -> Result<D::Transition, Error> {
        self.at_rest()?;
        let state = self.instance.state_name();
        let mut leading = self.instance.outgoing().filter(|transition| {
            let row = D::TABLES.transition(transition.index());
            row.target.unwrap_or(state.index()) == target.index()
        });
        match (leading.next(), leading.next()) {
            (None, _) => Err(Error::NoWay {
                state: state.as_str(),
                target: target.as_str(),
                possible: self.instance.possible(),
            }),
            (Some(only), None) => {
                D::transition(only, Fields::new()).map_err(|_| Error::InputsNeeded {
                    transition: only.as_str(),
                })
            }
            (Some(first), Some(second)) => Err(Error::Ambiguous {
                state: state.as_str(),
                target: target.as_str(),
                transitions: [first, second]
                    .into_iter()
                    .chain(leading)
                    .map(Name::as_str)
                    .collect(),
            }),
        }
    }
}
