//! What the buttons of surveys carry.

use serde::{Deserialize, Serialize};

use super::Who;
use crate::charts::Tone;
use crate::chat::{Pressable, Tag};
use crate::ids::{QuestionId, SentPollId, SurveyId};
use crate::people::reach::Place;

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Act {
    /// The question of a new survey is awaited.
    Begin(Place),
    /// A draft asks these.
    Who(SurveyId, Who),
    /// A draft asks by name or not.
    Named(SurveyId, bool),
    /// The last question of a draft takes several answers or one.
    Several(SurveyId, bool),
    /// A draft will be open for so many days.
    Days(SurveyId, u8),
    /// In a draft a family has one voice or each parent has.
    ByFamily(SurveyId, bool),
    /// One more question of a draft is awaited.
    More(SurveyId),
    /// Out to the families.
    Send(SurveyId),
    /// The same, though such a survey is open already.
    SendAnyway(SurveyId),
    /// A draft is thrown away.
    Drop(SurveyId),
    /// Those without an answer are reminded, once.
    Remind(SurveyId),
    /// No more votes.
    Close(SurveyId),
    /// The families are shown the results.
    Share(SurveyId),
    /// The results as a table.
    Sheet(SurveyId),
    /// The polls of a survey are shown once more at the end of the chat.
    Again(SurveyId),
    /// An answer to an open question is awaited.
    Answer(QuestionId),
    /// The results as a picture; a button of old, which is a view now.
    Chart(SurveyId),
}

impl Act {
    /// Whether its button stands under a letter, which stays as it is.
    pub fn is_under_a_letter(self) -> bool {
        matches!(self, Self::Again(_) | Self::Answer(_))
    }
}

/// What can be looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Wherever one may ask.
    All,
    /// The surveys of a place.
    Home(Place),
    /// V1: the question is awaited.
    Ask(Place),
    /// V1 with a sample.
    Sample(Place),
    /// V1 for one more question.
    AskMore(SurveyId),
    /// V2.
    Draft(SurveyId),
    /// Such a survey is open already.
    Same(SurveyId),
    /// V5.
    Results(SurveyId),
    /// Who answered what, by pages.
    Names(SurveyId, u8),
    /// Asks before a survey is closed.
    AskClose(SurveyId),
    /// What a recipient should know of a survey.
    About(SurveyId),
    /// The same, from the button under a poll.
    Poll(SentPollId),
    /// An open question, whose answer is awaited.
    AskAnswer(QuestionId),
    /// The answer was taken.
    Answered(QuestionId),
    /// Answers in words, by pages.
    Answers(QuestionId, u8),
    /// Class by class, by pages.
    Classes(SurveyId, u8),
    /// The results as a picture.
    Chart(SurveyId, Tone),
    /// What a recipient was asked, by pages.
    Mine(u8),
    /// The results class by class as a picture.
    ClassChart(SurveyId, Tone),
}

impl Pressable for Act {
    const TAG: Tag = Tag::SurveysAct;
}

impl Pressable for View {
    const TAG: Tag = Tag::SurveysView;
}
